from django.apps import AppConfig


class JcsosConfig(AppConfig):
    name = "jcsos"
    label = "jcsos"
