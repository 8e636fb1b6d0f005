{#-
  The fixed scale of rag_confidence, in hundredths rounded down: score / (score + half score). The half score puts 0.4 where about one ticket in ten of the
  bundled content lies, at the volumes full, portfolio and test alike (scores below 0.102).
-#}
{% macro rag_confidence(score_thousandths) -%}
  {%- set half_score_thousandths = 153 -%}
  ({{ int_div('100 * ' ~ score_thousandths, score_thousandths ~ ' + ' ~ half_score_thousandths) }} / 100.0)::decimal(4, 2)
{%- endmacro %}
