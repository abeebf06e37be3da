"""The addresses under `accounts/`: what we use of allauth, and no more. Nobody signs up, no mail is needed."""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.urls import include, path

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sign-on/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-on/name/", social.signup, name="socialaccount_signup"),
    path("sign-on/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
