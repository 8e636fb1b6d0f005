{#- The class of bookers that a tier and a block make: 0 basic, 1 premium, 2 and 3 the same of blocked users. -#}
{% macro class_number(is_premium, is_blocked) -%}
  ({{ is_premium }})::bigint + 2 * {{ is_blocked }}::bigint
{%- endmacro %}
