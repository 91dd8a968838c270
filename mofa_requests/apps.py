from django.apps import AppConfig


class MofaRequestsConfig(AppConfig):
    name = "mofa_requests"
    label = "mofa_requests"
