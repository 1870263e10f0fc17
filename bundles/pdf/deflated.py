"""Whether deflated bytes are all there, found without holding what they unpack to."""

import zlib

PIECE = 2**20  # bytes that are unpacked at a time
MOST = 64 * PIECE  # that are unpacked; no page of words or lines comes near, and few pictures
CHECKSUM = 4  # bytes at the end, without which all of the content is there still


def unpacks(packed: bytes) -> bool:
    """Whether deflated bytes go on to their end; unpacked piece by piece, they never fill the memory."""
    if not packed:
        return True
    unpacking = zlib.decompressobj()
    done, rest = 0, packed
    try:
        while not unpacking.eof and done < MOST:
            piece = unpacking.decompress(rest, PIECE)
            rest = unpacking.unconsumed_tail
            done += len(piece)
            if not piece and not rest:
                return len(packed) > CHECKSUM and _ended(packed)
    except zlib.error:
        return False
    return True


def _ended(packed: bytes) -> bool:
    """Whether nothing is missing but the checksum."""
    plain = zlib.decompressobj(-zlib.MAX_WBITS)
    plain.decompress(packed[2:], MOST)
    return plain.eof
