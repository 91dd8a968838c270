// Loaded before htmx: the one policy through which markup from our own server may enter the page.
if (window.trustedTypes) trustedTypes.createPolicy("default", { createHTML: (markup) => markup });
