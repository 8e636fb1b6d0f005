{#- A CTE with a number for field and model: hundreds of thousands of words or shingles of texts are told apart by it, and not by two texts. -#}
{% macro text_groups(texts) -%}
text_groups as (

    select field, model, min(text_key) as group_key
    from {{ texts }}
    group by field, model

)
{%- endmacro %}
