{#-
  One number to sort and to take the most of, instead of a score and a row's number: the higher the score the higher, and of equals the lower the row's number.
  Sorting by two columns takes three times as long. Scores are whole numbers from 0 to 68 billion, rows are numbered from 1 to 100 million.
-#}
{% macro place_key(score, number) -%}
  ({{ score }} * 134217728 - {{ number }})
{%- endmacro %}
