"""The hot paths' connection: the same rows as Django's own inside a transaction, the same errors everywhere."""

import psycopg
import pytest
from django.db import OperationalError

from gis_layers.models import Theme
from gis_layers.postgis_connections import renew
from gis_layers.postgis_hot import hot_connection
from tests.overlay.grid import theme

COUNT = "SELECT count(*) FROM gis_layers_theme"


@pytest.mark.django_db
def test_it_sees_what_the_open_transaction_wrote() -> None:
    theme()
    with hot_connection() as straight:
        assert straight.execute(COUNT).fetchone() == (1,)


@pytest.mark.django_db
def test_a_lost_connection_is_the_error_that_the_site_foresees() -> None:
    with pytest.raises(OperationalError), hot_connection():
        raise psycopg.OperationalError("the server closed the connection")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_takes_one_from_the_pool_and_gives_it_back() -> None:
    theme()
    assert Theme.objects.count() == 1
    renew()
    for _ in range(50):
        with hot_connection() as straight:
            assert straight.autocommit
            assert straight.execute(COUNT).fetchone() == (1,)
