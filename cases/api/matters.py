"""Matters, their parties and their claims."""

from typing import cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from cases import access, selectors
from cases.actions import corrections, matters
from cases.api.base import MatterView, by, corrected, given, listed, shown
from cases.models import Case
from cases.serializers import ClaimSerializer, MatterSerializer, PartySerializer

SIDES = ("claimants", "defendants")
OF_A_CLAIM = ("cause", "is_counterclaim", "in_the_alternative", "governing_law", "relief")
OF_A_PARTY = (
    "name",
    "role",
    "aliases",
    "representation",
    "address_for_service",
    "place_of_service",
)


class Matters(APIView):
    """The matters of the person who asks."""

    @extend_schema(responses=MatterSerializer(many=True), operation_id="matters_list")
    def get(self, request: Request) -> Response:
        """The matters of which the person is a member."""
        rows = access.visible(request.user).order_by("title", "pk")
        return listed(MatterSerializer, rows, request, self, None)

    @extend_schema(request=MatterSerializer, responses={201: MatterSerializer})
    def post(self, request: Request) -> Response:
        """The matter is open and the person owns it."""
        values = given(MatterSerializer, request)
        case = matters.open_case(by=by(request), owner=cast("User", request.user), **values)
        return shown(MatterSerializer, case, case, 201)


class Matter(MatterView):
    """One matter."""

    @extend_schema(responses=MatterSerializer, operation_id="matters_retrieve")
    def get(self, request: Request, case_id: UUID) -> Response:
        """The matter."""
        return shown(MatterSerializer, self.case(request, case_id), None)

    @extend_schema(request=MatterSerializer, responses=MatterSerializer)
    def patch(self, request: Request, case_id: UUID) -> Response:
        """The matter's title, court or claim number is corrected."""
        case: Case = self.case(request, case_id)
        now = {"title": case.title, "court": case.court, "claim_number": case.claim_number}
        values = corrected(MatterSerializer, case, request, case, now)
        return shown(MatterSerializer, matters.correct_case(by=by(request), case=case, **values), case)


class Parties(MatterView):
    """The parties of a matter."""

    @extend_schema(responses=PartySerializer(many=True), operation_id="parties_list")
    def get(self, request: Request, case_id: UUID) -> Response:
        """The parties by role."""
        case = self.case(request, case_id)
        return listed(PartySerializer, case.parties.all(), request, self, case)

    @extend_schema(request=PartySerializer, responses={201: PartySerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """The party stands in the matter."""
        case = self.case(request, case_id)
        values = given(PartySerializer, request, case)
        return shown(PartySerializer, matters.add_party(by=by(request), case=case, **values), case, 201)


class OneParty(MatterView):
    """One party."""

    @extend_schema(responses=PartySerializer, operation_id="parties_retrieve")
    def get(self, request: Request, case_id: UUID, party_id: int) -> Response:
        """The party."""
        case = self.case(request, case_id)
        return shown(PartySerializer, access.one_of(case.parties.all(), party_id), case)

    @extend_schema(request=PartySerializer, responses=PartySerializer)
    def patch(self, request: Request, case_id: UUID, party_id: int) -> Response:
        """The party is corrected."""
        case = self.case(request, case_id)
        party = access.one_of(case.parties.all(), party_id)
        now = {name: getattr(party, name) for name in OF_A_PARTY}
        values = corrected(PartySerializer, party, request, case, now)
        return shown(PartySerializer, corrections.correct_party(by=by(request), party=party, **values), case)


class Claims(MatterView):
    """The claims of a matter."""

    @extend_schema(responses=ClaimSerializer(many=True), operation_id="claims_list")
    def get(self, request: Request, case_id: UUID) -> Response:
        """The claims in order."""
        case = self.case(request, case_id)
        return listed(ClaimSerializer, selectors.claims(case), request, self, case)

    @extend_schema(request=ClaimSerializer, responses={201: ClaimSerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """The claim stands in the matter."""
        case = self.case(request, case_id)
        values = given(ClaimSerializer, request, case)
        return shown(ClaimSerializer, matters.add_claim(by=by(request), case=case, **values), case, 201)


class OneClaim(MatterView):
    """One claim."""

    @extend_schema(responses=ClaimSerializer, operation_id="claims_retrieve")
    def get(self, request: Request, case_id: UUID, claim_id: int) -> Response:
        """The claim."""
        case = self.case(request, case_id)
        return shown(ClaimSerializer, access.one_of(selectors.claims(case), claim_id), case)

    @extend_schema(request=ClaimSerializer, responses=ClaimSerializer)
    def patch(self, request: Request, case_id: UUID, claim_id: int) -> Response:
        """The claim is corrected."""
        case = self.case(request, case_id)
        claim = access.one_of(selectors.claims(case), claim_id)
        now = {name: getattr(claim, name) for name in OF_A_CLAIM}
        now |= {side: list(getattr(claim, side).all()) for side in SIDES}
        values = corrected(ClaimSerializer, claim, request, case, now)
        corrections.correct_claim(by=by(request), claim=claim, **values)
        return shown(ClaimSerializer, access.one_of(selectors.claims(case), claim_id), case)
