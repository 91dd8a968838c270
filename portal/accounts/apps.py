from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 - needs the app registry

        from portal.accounts import checks, proof  # noqa: F401, PLC0415 - registers the start-up checks

        authenticator_added.connect(proof.count_new_factor_as_used, dispatch_uid="accounts.new_factor")
