"""Keys that a matter knows, and what leaves it signed, as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from comparison.models import SignerKey


class SignerKeySerializer(serializers.ModelSerializer[SignerKey]):
    """Whose key it is; ``public_key`` is 64 hexadecimal digits, ``withdrawn_at`` null while it stands."""

    class Meta:
        model = SignerKey
        fields = (
            "id", "name", "public_key", "fingerprint", "obtained_how", "recorded_at", "recorded_by",
            "withdrawn_at", "withdrawn_by", "withdrawn_because",
        )  # fmt: skip
        read_only_fields = fields


class RecordKeySerializer(serializers.Serializer[Any]):
    """A key to record; ``public_key`` begins with ``ed25519:``."""

    name = serializers.CharField(max_length=200)
    public_key = serializers.CharField(max_length=120)
    obtained_how = serializers.CharField(max_length=300)


class WithdrawKeySerializer(serializers.Serializer[Any]):
    """Why a key is withdrawn."""

    because = serializers.CharField(max_length=300)


class SignedJobSerializer(serializers.Serializer[Any]):
    """A job's file and its signature's file, each as text; ``fingerprint`` is of the key that signed."""

    job = serializers.CharField()
    signature = serializers.CharField()
    sha256 = serializers.CharField()
    fingerprint = serializers.CharField()
