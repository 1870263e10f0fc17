"""Who may see and change a bundle."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bundles import actions
from bundles.models import Build, Bundle
from evidence.actions import exhibits
from evidence.models import Exhibit
from tests.factories import ACTOR

READ = ("bundles:bundle", "bundles:versions")
EDIT = ("bundles:edit", "bundles:add", "bundles:sections", "bundles:build_it")
Browser = Callable[[str], Client]


def _address(name: str, bundle: Bundle, *more: object) -> str:
    return reverse(name, args=[bundle.case_id, bundle.pk, *more])


@pytest.mark.parametrize("name", READ + EDIT)
def test_a_stranger_meets_nothing(signed_in: Browser, bundle: Bundle, name: str) -> None:
    assert signed_in("stranger").get(_address(name, bundle)).status_code == 404


def test_a_stranger_meets_nothing_in_the_api(signed_in: Browser, bundle: Bundle) -> None:
    stranger = signed_in("stranger")
    assert stranger.get(reverse("api:bundle", args=[bundle.pk])).status_code == 404
    assert stranger.get(reverse("api:bundles", args=[bundle.case_id])).status_code == 404
    assert stranger.post(reverse("api:bundle-builds", args=[bundle.pk])).status_code == 404


def test_a_bundle_is_not_found_under_another_matter(
    editor: Client, bundle: Bundle, signed_in: Browser
) -> None:
    elsewhere = reverse("bundles:bundle", args=["00000000-0000-4000-8000-000000000000", bundle.pk])
    assert editor.get(elsewhere).status_code == 404


@pytest.mark.parametrize("name", READ)
def test_a_reader_reads(signed_in: Browser, bundle: Bundle, name: str) -> None:
    page = signed_in("reader").get(_address(name, bundle))
    assert page.status_code == 200
    for control in (b"Take out", b"Move up", b"Add exhibits", b"data-reorder", b"Sort by date"):
        assert control not in page.content


@pytest.mark.parametrize("name", EDIT)
def test_a_reader_does_not_edit(signed_in: Browser, bundle: Bundle, name: str) -> None:
    reader = signed_in("reader")
    assert reader.get(_address(name, bundle)).status_code == 403
    assert reader.post(_address(name, bundle), {"title": "Mine"}).status_code == 403
    assert not bundle.builds.exists()


def test_a_reader_neither_arranges_nor_builds_through_the_api(signed_in: Browser, bundle: Bundle) -> None:
    reader = signed_in("reader")
    assert reader.post(reverse("api:bundle-builds", args=[bundle.pk])).status_code == 403
    order = reverse("api:bundle-order", args=[bundle.pk])
    assert reader.put(order, {"order": []}, "application/json").status_code == 403


def _made_privileged(bundle: Bundle) -> Exhibit:
    exhibit = Exhibit.objects.get(original_name="two.txt")
    return exhibits.describe(
        by=ACTOR, exhibit=exhibit, title=exhibit.title, privilege=Exhibit.Privilege.LITIGATION
    )


def test_an_outside_expert_opens_no_bundle_that_holds_privileged_exhibits(
    signed_in: Browser, bundle: Bundle
) -> None:
    expert = signed_in("expert")
    assert expert.get(_address("bundles:bundle", bundle)).status_code == 200
    _made_privileged(bundle)
    assert expert.get(_address("bundles:bundle", bundle)).status_code == 404
    assert expert.get(reverse("api:bundle", args=[bundle.pk])).status_code == 404
    listed = expert.get(reverse("bundles:bundles", args=[bundle.case_id]))
    assert bundle.title.encode() not in listed.content
    assert expert.get(reverse("api:bundles", args=[bundle.case_id])).json()["count"] == 0


def test_an_old_version_stays_closed_to_the_expert_after_the_document_is_taken_out(
    signed_in: Browser, bundle: Bundle, built: Callable[..., Build]
) -> None:
    for exhibit in Exhibit.objects.filter(case=bundle.case):
        exhibits.withdraw(by=ACTOR, exhibit=exhibit, because="wrong matter")
    build = built(bundle, on_failure="placeholder")
    assert build.state == Build.State.BUILT, build.message
    expert = signed_in("expert")
    version = _address("bundles:version", bundle, 1)
    assert expert.get(version).status_code == 200
    exhibit = _made_privileged(bundle)
    actions.take_out(by=ACTOR, entry=exhibit.bundle_entries.get())
    assert expert.get(_address("bundles:bundle", bundle)).status_code == 200
    assert expert.get(version).status_code == 404
    assert expert.get(_address("bundles:version_file", bundle, 1)).status_code == 404
    assert expert.get(reverse("api:bundle-versions", args=[bundle.pk])).json() == []
    assert expert.get(_address("bundles:build", bundle, build.pk)).status_code == 404
