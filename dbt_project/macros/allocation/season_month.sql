{#- The past month that a class books: 1 is the month of the last day of the past season; 0 are the months to come. -#}
{% macro season_month(class_number) -%}
  case when {{ is_past_class(class_number) }} then {{ int_div(class_number ~ ' - 2', 2) }} else 0 end
{%- endmacro %}
