{#- A date or moment in a format of strftime's codes; %B, %A, %Y, %-d, %d, %m, %-I, %H, %M and %p are known to all engines. -#}
{% macro format_moment(moment, format) -%}
  {{ adapter.dispatch('format_moment')(moment, format) }}
{%- endmacro %}

{% macro default__format_moment(moment, format) -%}
  strftime({{ moment }}, '{{ format }}')
{%- endmacro %}

{% macro spark__format_moment(moment, format) -%}
  {%- set ns = namespace(format=format) -%}
  {%- for code, letters in [('%B', 'MMMM'), ('%-d', 'd'), ('%d', 'dd'), ('%m', 'MM'), ('%Y', 'yyyy'), ('%A', 'EEEE'), ('%-I', 'h'), ('%H', 'HH'), ('%M', 'mm'), ('%p', 'a')] -%}
    {%- set ns.format = ns.format | replace(code, letters) -%}
  {%- endfor -%}
  date_format({{ moment }}, '{{ ns.format }}')
{%- endmacro %}
