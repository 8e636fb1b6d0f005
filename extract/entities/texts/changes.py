"""Changes that a member's last message claims, and that no row shows: money that has come, a charge that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_THING = (
    r"(?:refunds?|money|credits?|repayment|reimbursement|payments?|charges?|amount|difference|deposit|discount|fee|"
    r"bookings?|reservations?|orders?|tickets?|seats?|membership|subscription|plan|upgrade|cancell?ation|account"
    r"|quota|\{\})"
)
_HAS = (
    r"(?:(?:has|have|had|'ve|'s|is|are|was|were|got|been|already|now|just|finally|both|also|all|even|actually"
    r"|really|indeed) )+"
)
_DONE = (
    r"(?:arrived|came|come|gone|landed|appeared|shown up|showed up|hit|back|returned|reversed|removed|refunded|"
    r"credited|"
    r"reimbursed|repaid|cleared|processed|issued|posted|received|cancell?ed|changed|updated|moved|transferred|upgraded|"
    r"downgraded|deleted|restored|reinstated|ended|paused|unlocked|reopened|corrected|fixed|added|applied|confirmed)"
)
_MONEY = r"(?:refund|money|credit|repayment|reimbursement|difference|full amount|\{\})"
_CHANGED = (
    re.compile(
        rf"\b{_THING}(?: (?:of|for|from|on|to|with|in) (?:\w+ ){{0,2}}?[\w{{}}]+)? {_HAS}(?:\w+ ){{0,2}}?{_DONE}\b",
        re.I,
    ),
    re.compile(
        rf"\b{_THING} (?:\w+ )?(?:arrived|came|landed|appeared|showed up|went) (?:back|in|through|away|today|now"
        rf"|on|this|already|\w+ly)\b",
        re.I,
    ),
    re.compile(rf"\b{_THING} (?:\w+ )?(?:arrived|appeared|landed)(?=[.,!;]|$)", re.I),
    re.compile(
        rf"\b(?:I|we)(?:'ve| have| just| finally| already| now| can| do)* (?:got|get|received|receive|see|saw"
        rf"|have|had|found) "
        rf"(?:the |my |our |a |all |full )+{_MONEY}\b(?! (?:policy|rules?|article|page|amount due|window))",
        re.I,
    ),
    re.compile(
        r"\b(?:thanks|thank you|thx)(?: so much| very much| a lot)? for (?:the (?:quick |fast |full "
        r"|prompt )?(?:refund|credit|upgrade|cancell?ation)\b"
        r"(?! (?:info|policy|rules?|details|article|page|steps|window|terms))"
        r"|(?:refunding|cancell?ing|crediting|reversing|removing|upgrading|moving|changing|deleting|unlocking"
        r"|restoring|reinstating)\b)",
        re.I,
    ),
)
# What is asked, expected or said of the future is no change; looked for in small letters.
_OPEN = re.compile(
    r"\?|\b(?:if|once|when|until|till|before|unless|whether|as soon as|after|will|would|should|could|can|may"
    r"|might|going to|"
    r"hope|hopefully|wait|waiting|expect|soon|how|where|what|why|not|never|no|n't|isn't|hasn't|haven't|unless)\b"
    r"|'ll\b|n't\b",
)


# What is in small letters is read in a quarter of the time.
_CHANGED_LOWERED = [re.compile(rule.pattern.replace("(?:I|we)", "(?:i|we)")) for rule in _CHANGED]


def find_changes(text: str) -> Iterator[str]:
    """Name a change that a text says has happened; slots stand as they are."""
    bare = re.sub(r"\{[a-z_]+\}", "{}", text).replace("’", "'")
    for sentence in re.findall(r"[^.!?\n;]+[.!?]*", bare):
        lowered = sentence.lower()
        if _OPEN.search(lowered) or not any(rule.search(lowered) for rule in _CHANGED_LOWERED):
            continue
        if found := next(filter(None, (rule.search(sentence) for rule in _CHANGED)), None):
            yield f"a change that nobody has made: {found[0].strip()!r}"
            return
