"""The labels that pages and registers put before what they say of a document."""

from __future__ import annotations

import re

__all__ = ["FACT_LABEL"]

FACT_LABEL = re.compile(
    r"(?:#\s*source|来源|扫一扫|索\s?引\s?号|发布(?:时间|日期|机构)|成文日期|生成日期|公开(?:日期|方式|类别)"
    r"|发文(?:机关|单位|字号)|制定机关|文\s?号|标\s?题|名\s?称|主题(?:词|分类)|分类|体裁|组配分类"
    r"|信息来源|浏览|点击|字体|字号|作者|编辑|责任编辑|当前位置|您现在的位置|您的位置|有效性|时效性|效力"
    r"|打印|分享|关键词)"
)
