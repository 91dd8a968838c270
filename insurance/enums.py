"""The vocabularies of insurance beyond the dossier's own. Not here: kinds of benefit (portal.dossier.types)."""

from __future__ import annotations

from portal.kit.choices import LabelledEnum


class Cause(LabelledEnum):
    """What a benefit asks about first: 別添二 二 keeps injury and illness apart."""

    INJURY = "injury", "けが", "Injury"
    ILLNESS = "illness", "病気", "Illness"
