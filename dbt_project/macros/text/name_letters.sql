{#- What is left of a name where accents, case and all but letters count for nothing; an e-mail address is made of it. -#}
{% macro name_letters(name) -%}
  {{ regex_replace('lower(' ~ without_accents(name) ~ ')', regex('[^a-z]'), '') }}
{%- endmacro %}
