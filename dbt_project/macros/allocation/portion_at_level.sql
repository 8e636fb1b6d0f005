{#-
  A member's portion at a level: least(capacity, level * weight) in fixed point. A weight above `heaviest` (macro heaviest_weight) makes the member full at this
  level; cut to it, the product fits a bigint.
-#}
{% macro portion_at_level(capacity, weight, level, heaviest) -%}
  least({{ capacity }} << {{ portion_bits() }}, {{ level }} * least({{ weight }}, {{ heaviest }}))
{%- endmacro %}
