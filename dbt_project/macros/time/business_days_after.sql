{#- The day that lies some business days, Monday to Friday, after another; days are whole numbers since 1970, a Thursday. -#}
{% macro business_days_after(day, count) -%}
  {%- set weekday = '((' ~ day ~ ' + 3) % 7)' -%}
  (({{ day }}) - greatest({{ weekday }} - 4, 0) + ({{ count }}) + 2 * {{ int_div('least(' ~ weekday ~ ', 4) + (' ~ count ~ ')', 5) }})
{%- endmacro %}
