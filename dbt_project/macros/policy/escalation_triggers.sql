{#- What escalates a ticket (requirements: what-escalates-a-ticket), as the column that says so and the name it has in the data. -#}
{% macro escalation_triggers() -%}
  {{ return({
    'is_critical': 'critical_urgency',
    'is_very_negative': 'very_negative_sentiment',
    'is_low_confidence': 'low_rag_confidence',
    'has_repeated_failures': 'repeated_failures'
  }) }}
{%- endmacro %}
