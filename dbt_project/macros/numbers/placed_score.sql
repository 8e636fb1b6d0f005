{#- The score of a key that macro place_key has made. -#}
{% macro placed_score(key) -%}
  ({{ int_div(key ~ ' + 134217727', 134217728) }})
{%- endmacro %}
