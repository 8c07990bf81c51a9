"""What a link to the workbench asks for: data set, design, hidden names."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

PARAMETERS = ("data", "design", "names")


@dataclass(frozen=True)
class ShareLink:
    """What a link asks for; empty text asks for nothing."""

    data: str = ""
    design: str = ""
    names: str = ""

    @classmethod
    def of_browser(cls) -> ShareLink:
        return cls(*(st.query_params.get(name, "") for name in PARAMETERS))

    def parameters(self) -> dict[str, str]:
        return {name: value for name in PARAMETERS if (value := getattr(self, name))}
