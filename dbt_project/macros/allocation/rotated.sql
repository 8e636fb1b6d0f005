{#- The index 0 .. size - 1 of a circle that index 0 .. size - 1 is moved to: a bijection, as a prime step has no common divisor with a size below it. -#}
{% macro rotated(index, offset, size) -%}
  (({{ index }}) * {{ rotation_step() }} + {{ offset }}) % {{ size }}
{%- endmacro %}
