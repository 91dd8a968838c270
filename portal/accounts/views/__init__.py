"""The screens about people. Not here: sign-in, second factors and sessions (allauth with our templates)."""
