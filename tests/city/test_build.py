"""A city is built from its package, once, step by step, and never mixed with another."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from apps.api.city_build import build, files, overlays
from apps.api.city_build.build import Order, build_city
from apps.cadastre.models import District, Parcel, Place
from apps.common.city import current_city
from apps.common.errors import ConflictError, IntakeError, UnavailableError
from apps.common.models import BuildStep
from apps.extracts.models import Overlay
from apps.legal.models import Instrument, LegalAct, Rank
from apps.parties.models import Office, Person
from gis_layers.models import Backdrop, Edition, Theme
from tests.city.package import ACTS, LIFT, THEMES, make_files, make_package

pytestmark = pytest.mark.django_db
COUNTED = (District, Parcel, Place, Backdrop, Theme, Edition, Instrument, LegalAct, Office, Person, Overlay, BuildStep)


@pytest.fixture
def package(tmp_path: Path, settings: Settings) -> Path:
    settings.CITY_ROOT = make_package(tmp_path / "tiny")
    settings.VAR_DIR = tmp_path / "var"
    return Path(settings.CITY_ROOT)


def run(**order: Any) -> tuple[int, list[str]]:
    lines: list[str] = []
    steps = build_city(current_city(), Order(**({"overlays": "here"} | order)), lines.append)
    return steps, lines


def counted() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def test_everything_of_the_package_is_there(package: Path) -> None:
    run()
    assert counted() | {"BuildStep": 0} == {
        "District": 1, "Parcel": 2, "Place": 1, "Backdrop": 1, "Theme": 1, "Edition": 2, "Instrument": 3,
        "LegalAct": 5, "Office": 1, "Person": 3, "Overlay": 2, "BuildStep": 0,
    }  # fmt: skip
    assert Backdrop.objects.get().rank == 2
    assert Instrument.objects.get(code="hc-2").rank == Rank.LOCAL_PLAN
    assert Instrument.objects.get(code="rb-1").rulebook.rows.count() == 1


def test_the_history_is_recorded_as_it_was(package: Path) -> None:
    run()
    told = list(LegalAct.objects.values_list("instrument__code", "kind", "effective_on", "recorded_at"))
    assert [(code, kind, str(day)) for code, kind, day, _ in told] == [
        ("hc-1", "approve", "2014-08-03"),
        ("rb-1", "approve", "2014-08-03"),
        ("hc-1", "promulgate", "2014-09-27"),
        ("rb-1", "promulgate", "2014-09-27"),
        ("hc-1", "suspend", "2021-03-30"),
    ]
    assert [str(at) for *_, at in told][:2] == ["2014-08-05 06:00:00+00:00", "2014-08-05 06:00:00.000001+00:00"]
    suspension = LegalAct.objects.get(kind="suspend")
    assert suspension.scope is not None
    assert suspension.scope.area == pytest.approx(2500)
    assert suspension.reason_en == "Interim order"
    assert suspension.recorded_by != suspension.countersigned_by


def test_a_second_run_does_no_work(package: Path) -> None:
    first, _ = run()
    before = counted()
    second, lines = run()
    assert first > 0
    assert (second, lines) == (0, [])
    assert counted() == before


def test_a_second_run_needs_no_files(package: Path) -> None:
    run()
    for file in (package / "files").iterdir():
        file.unlink()
    assert run()[0] == 0


def test_what_was_interrupted_is_taken_up_again(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("apps.api.city_build.ground.load_parcels", fail)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert (Parcel.objects.count(), Edition.objects.count()) == (0, 2)
    _, lines = run()
    assert [line for line in lines if line.endswith("…")] == ["parcels …", "overlays: 2 of 2 parts to compute …"]
    assert Overlay.objects.count() == 2


def test_a_step_and_its_stamp_stand_or_fall_together(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(**_options: object) -> int:
        Parcel.objects.create(code="9-9-9-9-0-0-0", land_code="9-9-9-9")
        raise KeyboardInterrupt

    monkeypatch.setattr("apps.api.city_build.ground.load_parcels", half)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert not Parcel.objects.exists()
    assert not BuildStep.objects.filter(name="parcels").exists()


def test_new_acts_are_appended_and_old_ones_left_alone(package: Path) -> None:
    run()
    (package / "acts.toml").write_text(ACTS + LIFT, encoding="utf-8")
    steps, lines = run()
    assert steps == 1
    assert "acts: 1 acts recorded" in lines
    lift = LegalAct.objects.get(kind="lift")
    assert lift.lifts is not None
    assert lift.lifts.number == "3"


def test_styles_follow_the_package_and_kinds_do_not(package: Path) -> None:
    run()
    (package / "themes.toml").write_text(THEMES.replace("ارتفاع", "کد ارتفاعی"), encoding="utf-8")
    assert run()[0] == 1
    assert Theme.objects.get().label_fa == "کد ارتفاعی"
    (package / "themes.toml").write_text(THEMES.replace("partition", "cumulative"), encoding="utf-8")
    with pytest.raises(IntakeError, match="never changes"):
        run()
    assert Theme.objects.get().kind == "partition"


@pytest.mark.parametrize("order", [{"parcels": 99}, {"seed": 2}])
def test_another_city_is_refused(order: dict[str, int], package: Path) -> None:
    run()
    before = counted()
    with pytest.raises(ConflictError, match="holds another city"):
        run(**order)
    assert counted() == before


def test_without_a_wish_the_standing_city_is_meant(package: Path) -> None:
    run(parcels=7, seed=5)
    assert run()[0] == 0
    assert BuildStep.objects.filter(name="city:tiny:7:5").exists()


def test_parcels_from_elsewhere_are_not_mixed_in(package: Path) -> None:
    Parcel.objects.create(code="9-9-9-9-0-0-0", land_code="9-9-9-9")
    with pytest.raises(ConflictError, match="fresh database"):
        run()
    assert not BuildStep.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("themes", 'kind = "partition"', 'kind = "sum"', "entry 1, key kind: “sum” is not one of partition"),
        ("themes", 'office = "planning"', "", "entry 1, key office: the key is missing"),
        ("offices", ', en = "Planning"', "", "key name: it needs fa and en"),
        ("editions", "heights.gpkg", "none.gpkg", "the file none.gpkg was not found"),
        ("editions", 'rank = "local"', 'rank = "best"', "entry 2, key rank"),
        ("people", 'role = "law_officer"', 'role = "citizen"', "two people with the role law_officer"),
        ("acts", '"hc-1", "rb-1"', '"hc-7", "rb-1"', "no instrument “hc-7”"),
        ("acts", "2014-08-05T06:00:00+00:00", "yesterday", "key recorded_at: it is not an ISO instant"),
        ("acts", "2014-08-05T06:00:00+00:00", "2014-08-05T06:00:00", "it has no time zone"),
    ],
)
def test_a_mistake_in_the_package_is_named(file: str, old: str, new: str, says: str, package: Path) -> None:
    path = package / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        run()
    assert says in caught.value.message.en
    assert f"tiny/{file}.toml" in caught.value.message.fa


def test_a_lift_of_nothing_is_named(package: Path) -> None:
    (package / "acts.toml").write_text(ACTS + LIFT.replace('lifts = "3"', 'lifts = "33"'), encoding="utf-8")
    with pytest.raises(IntakeError, match="no suspension 33"):
        run()
    assert not LegalAct.objects.exists()  # all acts of the file, or none


# --- the generator ---------------------------------------------------------------------------------------


@pytest.fixture
def synthetic(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.CITY_ROOT = make_package(tmp_path / "tiny", synthetic=True)
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(files, "GENERATOR", "tests.city.fake_generator")
    return tmp_path / "var" / "cities"


def test_a_synthetic_city_is_generated_once(synthetic: Path) -> None:
    _, lines = run(parcels=3, seed=4)
    assert "  made 3 parcels" in lines
    assert Parcel.objects.count() == 3
    assert (synthetic / "tiny-3-4" / "manifest.json").exists()
    assert run(parcels=3, seed=4) == (0, [])


def test_files_without_their_manifest_are_generated_again(synthetic: Path) -> None:
    make_files(synthetic / "tiny-3-4", parcels=1)
    for file in (synthetic / "tiny-3-4").iterdir():
        file.unlink()
    run(parcels=3, seed=4)
    assert Parcel.objects.count() == 3


def test_whole_files_are_used_as_they_are(synthetic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city, folder = current_city(), synthetic / "tiny-3-4"
    files.make_files(city, folder, parcels=3, seed=4, say=lambda _line: None)
    monkeypatch.setattr(files, "GENERATOR", "tests.city.no_such_module")
    files.make_files(city, folder, parcels=3, seed=4, say=lambda _line: None)
    with pytest.raises(UnavailableError):
        files.make_files(city, folder, parcels=5, seed=4, say=lambda _line: None)


def test_files_of_an_older_generator_are_made_anew(synthetic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city, folder, said = current_city(), synthetic / "tiny-3-4", []
    files.make_files(city, folder, parcels=3, seed=4, say=said.append)
    files.make_files(city, folder, parcels=3, seed=4, say=said.append)
    assert said.count("  made 3 parcels") == 1
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace("{", '{"version": "0.9", ', 1))
    files.make_files(city, folder, parcels=3, seed=4, say=said.append)
    assert said.count("  made 3 parcels") == 2


def test_a_generator_that_fails_is_told_with_its_last_word(synthetic: Path) -> None:
    with pytest.raises(UnavailableError, match="no room on the disk"):
        run(parcels=3, seed=13)
    assert not District.objects.exists()


# --- waiting for the workers -----------------------------------------------------------------------------


def _progress(monkeypatch: pytest.MonkeyPatch, *told: tuple[int, int]) -> list[str]:
    """Progress as given, the last one repeated; returns the list of calls."""
    left, calls = list(told), []

    def progress() -> tuple[int, int]:
        return left.pop(0) if len(left) > 1 else left[0]

    monkeypatch.setattr(overlays, "overlay_progress", progress)
    monkeypatch.setattr(overlays, "request_overlays", lambda: calls.append("asked"))
    return calls


def test_it_waits_until_the_workers_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _progress(monkeypatch, (0, 4), (0, 4), (2, 4), (2, 4), (4, 4))
    lines: list[str] = []
    pauses: list[float] = []
    assert overlays.finish_overlays(lines.append, here=False, pause=pauses.append)
    assert calls == ["asked"]
    assert lines[1:-1] == ["  0 of 4 parts", "  2 of 4 parts"]
    assert len(pauses) == 3


def test_without_a_worker_it_asks_again_and_then_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _progress(monkeypatch, (1, 4))
    with pytest.raises(UnavailableError, match="no worker") as caught:
        overlays.finish_overlays(lambda _line: None, here=False, pause=lambda _seconds: None)
    assert calls == ["asked", "asked"]
    assert "--overlays here" in caught.value.message.fa


def test_nothing_owed_is_nothing_done(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _progress(monkeypatch, (4, 4))
    assert not overlays.finish_overlays(lambda _line: None, here=False)
    assert calls == []


# --- the commands ----------------------------------------------------------------------------------------


def _call(name: str, *words: str) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def test_the_commands(package: Path) -> None:
    with pytest.raises(CommandError, match="build_demo first"):
        _call("demo_accounts")
    assert "parcels: 2 parcels" in _call("build_demo", "--overlays", "here")
    assert "nothing to do" in _call("build_demo", "--overlays", "here")
    with pytest.raises(CommandError, match="fresh database"):
        _call("build_demo", "--parcels", "5")
    told = _call("demo_accounts")
    assert "0912 000 0001" in told
    assert "سه" in told


def test_overlays_may_be_left_for_later(package: Path) -> None:
    run(overlays="skip")
    assert Overlay.objects.count() == 0
    assert run()[0] == 1
    assert Overlay.objects.count() == 2


def test_the_default_size_is_that_of_the_demo() -> None:
    assert (build.DEFAULT_PARCELS, build.DEFAULT_SEED) == (12_000, 1)
