"""The admin site shows the law and changes nothing, whoever is signed in."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from apps.legal import models
from apps.parties.models import Person

MODELS = [models.Instrument, models.LegalAct, models.InForcePeriod, models.Rulebook, models.ProvisionRow]


@pytest.mark.parametrize("model", MODELS)
def test_even_a_superuser_only_looks(model, db: None) -> None:
    request = RequestFactory().get("/")
    request.user = Person.objects.create_superuser("+989120000000")
    page = admin.site.get_model_admin(model)
    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)
    assert page.changelist_view(request).status_code == 200
