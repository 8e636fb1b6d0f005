{#- A window: the sum of whole numbers from each row of its partition on, in an order without a tie. -#}
{% macro sum_from_here(value, partition, order_by) -%}
  {{ adapter.dispatch('sum_from_here')(value, partition, order_by) }}
{%- endmacro %}

{% macro default__sum_from_here(value, partition, order_by) -%}
  sum({{ value }}) over (
            partition by {{ partition }} order by {{ order_by }} rows between current row and unbounded following
        )
{%- endmacro %}

{#- Spark adds up such a frame anew for each row. -#}
{% macro spark__sum_from_here(value, partition, order_by) -%}
  (
            sum({{ value }}) over (partition by {{ partition }})
            - coalesce(sum({{ value }}) over (partition by {{ partition }} order by {{ order_by }} rows between unbounded preceding and 1 preceding), 0)
        )
{%- endmacro %}
