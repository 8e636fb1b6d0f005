{#-
  The fixed scale of rag_confidence: the share of a ticket's words that the best article covers, in thousandths, stretched so that 0.4 is where
  about one ticket in ten of the bundled content lies, and cut to 0 .. 0.99. In hundredths, as the database keeps it.
-#}
{% macro confidence_of(score_thousandths) -%}
  (least(99, greatest(0, 40 + {{ whole(score_thousandths ~ ' * 2 + 2000', 10) }} - 200 - {{ var('confidence_zero', 90) }})) / 100.0)::decimal(4, 2)
{%- endmacro %}
