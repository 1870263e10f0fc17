"""Whether a run of figures can be what it looks like: check digits of cards, accounts and identifiers."""

IBAN_LENGTHS = {
    **{"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29},
    **{"CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24},
    **{"FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21},
    **{"HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21},
    **{"LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15},
    **{"PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19},
    **{"SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VG": 24, "XK": 20},
}


def is_card(text: str) -> bool:
    """True for 13 to 19 figures whose check digit holds (Luhn) and that begin as payment cards do."""
    figures = [int(character) for character in text if character.isdigit()]
    if not 13 <= len(figures) <= 19 or figures[0] not in (2, 3, 4, 5, 6) or len(set(figures)) == 1:
        return False
    doubled = [figure * 2 - 9 * (figure > 4) for figure in figures[-2::-2]]
    return (sum(figures[-1::-2]) + sum(doubled)) % 10 == 0


def is_iban(text: str) -> bool:
    """True for an account number of its country's length whose remainder by 97 is 1 (ISO 13616)."""
    plain = "".join(text.split()).upper()
    if IBAN_LENGTHS.get(plain[:2]) != len(plain) or not plain.isalnum():
        return False
    return int("".join(str(int(character, 36)) for character in plain[4:] + plain[:4])) % 97 == 1


def is_ssn(text: str) -> bool:
    """True for nine figures that may be a US social security or individual taxpayer number."""
    figures = "".join(character for character in text if character.isdigit())
    if len(figures) != 9 or figures[3:5] == "00" or figures[5:] == "0000":
        return False
    return figures[:3] not in ("000", "666")


def is_national_insurance(text: str) -> bool:
    """True for two letters in use, six figures and a letter A to D: a UK national insurance number."""
    plain = "".join(text.split()).upper()
    prefix = plain[:2]
    return prefix not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ") and not set(prefix) & set("DFIQUV")
