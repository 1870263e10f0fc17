"""Checks of files as the API reads and writes them."""

from typing import Any

from rest_framework import serializers

from bundles.models import FileCheck
from bundles.pdf import profile as profiles


class AskForCheckSerializer(serializers.Serializer[Any]):
    """A PDF, the profile it is checked against, and what it is checked beside (EW-12, US-09)."""

    file = serializers.FileField(max_length=None)
    profile = serializers.ChoiceField(choices=profiles.names(), required=False, default="ew-2021")
    delivered = serializers.FileField(max_length=None, required=False)
    redacted = serializers.FileField(max_length=None, required=False)


class RuleAnsweredSerializer(serializers.Serializer[Any]):
    """One rule's verdict; pages are where it fails or could not be decided."""

    id = serializers.CharField()
    status = serializers.ChoiceField(choices=("pass", "fail", "warn", "not applicable", "unverified"))
    pages = serializers.ListField(child=serializers.IntegerField())
    detail = serializers.CharField()


class ConflictSerializer(serializers.Serializer[Any]):
    """Rules that cannot all be kept, and which one is followed."""

    rules = serializers.ListField(child=serializers.CharField())
    followed = serializers.CharField()
    because = serializers.CharField()


class CheckAnswerSerializer(serializers.Serializer[Any]):
    """The verdict on a file, as ``manage.py check_bundle --json`` prints it."""

    passed = serializers.BooleanField()
    profile = serializers.CharField()
    rules = RuleAnsweredSerializer(many=True)
    conflicts = ConflictSerializer(many=True)


class FileCheckSerializer(serializers.ModelSerializer[FileCheck]):
    """A file that was put in, how far its check has come, and the answer once there is one."""

    answer = CheckAnswerSerializer(allow_null=True)

    class Meta:
        model = FileCheck
        fields = ("id", "name", "size", "profile", "state", "asked_at", "done", "total", "message", "answer")
