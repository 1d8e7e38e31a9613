"""Where the people of the living example live and how many hours a week they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Available:
    """`hours` a week, None: not said. `break_days`: on a break for so many days from the day of seeding."""

    hours: int | None
    residence: str
    break_days: int = 0


AVAILABLE: Mapping[str, Available] = {
    "ottoline@demo.example": Available(8, "GB"),
    "ignatius@demo.example": Available(6, "GB"),
    "wangshu@demo.example": Available(10, "CN"),
    "perpetua@demo.example": Available(6, "SE"),
    "harriet@demo.example": Available(12, "GB"),
    "tobias@demo.example": Available(10, "US"),
    "isolde@demo.example": Available(16, "IE"),
    "marguerite@demo.example": Available(6, "FR", break_days=20),
    "yanqiu@demo.example": Available(15, "CN"),
    "hengzhi@demo.example": Available(8, "CN"),
    "yucheng@demo.example": Available(20, "CN"),
    "nadira@demo.example": Available(5, "US"),
    "caspian@demo.example": Available(12, "GB"),
    "owen@demo.example": Available(18, "GB"),
    "jingyi@demo.example": Available(8, "CN"),
    "yunxiu@demo.example": Available(None, "CN"),
    "weizhen@demo.example": Available(14, "CN"),
    "callum@demo.example": Available(6, "JP"),
    "beatrix@demo.example": Available(20, "US"),
    "leopold@demo.example": Available(10, "GB"),
    "zhiheng@demo.example": Available(12, "CN"),
    "caifan@demo.example": Available(None, "CN"),
    "zhaoji@demo.example": Available(25, "CN"),
}
