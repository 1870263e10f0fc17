"""Reference populations as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from comparison.models import PopulationMember, ReferencePopulation, Stratum


class PopulationMemberSerializer(serializers.ModelSerializer[PopulationMember]):
    """A model of a population."""

    class Meta:
        model = PopulationMember
        fields = ("id", "artefact", "lineage", "stratum", "derived_from")
        read_only_fields = fields


class PopulationSerializer(serializers.ModelSerializer[ReferencePopulation]):
    """A population with its models."""

    members = PopulationMemberSerializer(many=True, read_only=True)

    class Meta:
        model = ReferencePopulation
        fields = ("id", "name", "note", "made_at", "members")
        read_only_fields = fields


class MakePopulationSerializer(serializers.Serializer[Any]):
    """A population's name and note."""

    name = serializers.CharField(max_length=200)
    note = serializers.CharField(max_length=600, required=False, allow_blank=True)


class AddMemberSerializer(serializers.Serializer[Any]):
    """A model by id, with its origin, and the model from which it is known to have been made."""

    artefact = serializers.UUIDField()
    lineage = serializers.CharField(max_length=100)
    stratum = serializers.ChoiceField(choices=Stratum.choices)
    derived_from = serializers.UUIDField(required=False, allow_null=True)
