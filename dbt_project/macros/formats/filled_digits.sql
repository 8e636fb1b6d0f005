{#-
  The format with its # (six at most) replaced by digits. `parts` is a list of seven expressions: what stands between the #, and null beyond the last. They are
  split off once a format, since a row takes ten times as long to search its text for #. `digits` is a column of six digits.
-#}
{% macro filled_digits(parts, digits) -%}
  {{ parts[0] }}
  {%- for place in range(1, 7) %} || coalesce(substr({{ digits }}, {{ place }}, 1) || {{ parts[place] }}, ''){% endfor %}
{%- endmacro %}
