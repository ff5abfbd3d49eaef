"""The Persian catalogue is whole, in step with the sources, and compiled."""

import re

from django.conf import settings

from frontend import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def test_every_sentence_of_the_sources_is_in_the_catalogue_and_no_other() -> None:
    assert {str(m.id) for m in catalogue.read() if m.id} == catalogue.messages(settings.BASE_DIR)


def test_every_sentence_has_persian_with_the_same_blanks() -> None:
    for message in catalogue.read():
        if not message.id:
            continue
        assert message.string, message.id
        assert sorted(PLACEHOLDER.findall(str(message.string))) == sorted(PLACEHOLDER.findall(str(message.id)))


def test_what_is_compiled_is_what_is_written() -> None:
    assert catalogue.po_path().with_suffix(".mo").read_bytes() == catalogue.compiled()


def test_a_new_sentence_is_found_in_python_and_in_templates(tmp_path, settings) -> None:
    room = tmp_path / "frontend"
    room.mkdir()
    (room / "a.py").write_text("from django.utils.translation import gettext as _\n_('from python')\n")
    (room / "b.html").write_text(
        "{% load i18n %}{% translate 'from a template' %}{% blocktranslate %}of {{ x }}{% endblocktranslate %}"
    )
    assert catalogue.messages(tmp_path) == {"from python", "from a template", "of %(x)s"}
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    assert catalogue.update(tmp_path) == ["from a template", "from python", "of %(x)s"]
