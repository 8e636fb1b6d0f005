{#-
  The scale of rag_confidence, in hundredths rounded down: score / (score + 1.5 * low score). A score below the low score, which a tenth of the landed texts
  have, is below 0.4, whichever model wrote the texts.
-#}
{% macro rag_confidence(score_thousandths, low_score_thousandths) -%}
  ({{ int_div('200 * ' ~ score_thousandths, '2 * ' ~ score_thousandths ~ ' + 3 * greatest(' ~ low_score_thousandths ~ ', 1)') }} / 100.0)::decimal(4, 2)
{%- endmacro %}
