{#- A wait as people know them: mostly short, sometimes long. A whole number from a log-normal distribution with the given median, whose ninth decile is
    3.6 times and whose longest is 17.8 times the median. Quantiles stand in a table, in thousandths of the median: an exp() differs between engines. -#}
{% macro lognormal_draw(purpose, key, median) -%}
  {%- set quantiles = [
    56, 116, 155, 187, 216, 242, 268, 292, 317, 340, 364, 388, 412, 436, 460, 485, 509, 535, 560, 587, 613, 641, 669, 698, 727, 758, 789, 821, 854, 889, 925, 962,
    1000, 1040, 1082, 1125, 1170, 1218, 1268, 1320, 1375, 1434, 1495, 1561, 1630, 1705, 1784, 1870, 1963, 2064, 2174, 2294, 2428, 2577, 2746, 2937, 3159, 3421,
    3736, 4128, 4637, 5344, 6441, 8618, 17782
  ] -%}
  {%- set widths = [] -%}
  {%- for quantile in quantiles[1:] %}{% do widths.append(quantile - quantiles[loop.index0]) %}{% endfor -%}
  {%- set parts = 1024 -%}
  {%- set draw = draw_below(purpose, key, (quantiles | length - 1) * parts) -%}
  {%- set step = int_div(draw, parts) ~ ' + 1' -%}
  {{ int_div('(' ~ median ~ ') * (' ~ parts ~ ' * ' ~ array_get(array_of(quantiles[:-1]), step) ~ ' + ' ~ draw ~ ' % ' ~ parts ~ ' * ' ~ array_get(array_of(widths), step) ~ ')', 1000 * parts) }}
{%- endmacro %}
