{#- Whether an article that states a ticket's facts is near enough to its scenario: of one of its topics, or with tags of the expected one. -#}
{%- set same_tags = array_size("array_intersect(article['tags'], expected_tags)") -%}
{%- set same_narrow_tags = array_size("array_intersect(array_intersect(article['tags'], expected_tags), narrow_tags)") -%}
{%- set is_near = "array_contains(topic_ids, article['article_id']) or case when " ~ array_size('needed_policies') ~ ' = 1 then ' ~ same_narrow_tags ~ ' >= 2 else '
  ~ same_tags ~ ' >= 1 end' -%}
-- The answer key agrees with the rows, worked out again from the marts; and what a scenario presumes is true of the ticket it is told in.
-- Of members and bookings, only those of tickets are joined: of millions, all would have to be kept at the same time.
with

ticket_users as (

    select * from {{ ref('users') }} where user_id in (select user_id from {{ ref('tickets') }})

),

ticket_bookings as (

    select * from {{ ref('support_bookings') }} where reservation_id in (select reservation_id from {{ ref('tickets') }})

),

bookers as (

    select distinct user_id from {{ ref('support_bookings') }} where user_id in (select user_id from {{ ref('tickets') }})

),

-- kept, since it is read twice and reads all bookings
restated as (

    select * from {{ ref('facts_restated') }}

),

of_topics as (

    select
        scenarios.scenario,
        {{ array_collect('articles.article_id', array_place('scenarios.topics', 'articles.topic')) }} as article_ids
    from (select scenario, split(concat_ws(' ', topic, also_topics), ' ') as topics from {{ ref('support_scenarios') }}) as scenarios
    inner join {{ ref('int_articles__filled') }} as articles
        on array_contains(scenarios.topics, articles.topic)
    group by scenarios.scenario

),

needed as (

    select
        asked.ticket_id,
        coalesce(array_distinct({{ array_collect(fact_policy('asked.fact', 'restated')) }}), {{ array_of([]) }}) as policies
    from (select ticket_id, {{ unnested(array_transform('facts', 'fact', 'fact.name')) }} as fact from {{ ref('ticket_labels') }}) as asked
    inner join restated
        on asked.ticket_id = restated.ticket_id
    group by asked.ticket_id

),

stating as (

    select
        sets.policies,
        {{ array_collect(struct_of({'article_id': 'articles.article_id', 'tags': 'articles.tags'}), 'articles.article_id') }} as articles
    from (select distinct array_sort(policies) as policies from needed) as sets
    inner join {{ ref('int_articles__filled') }} as articles
        on {{ array_has_all('articles.policies', 'sets.policies') }}
    group by sets.policies

),

narrow as (

    select {{ array_collect('tag') }} as tags from {{ ref('article_tags') }} where {{ array_size("split(topics, ' ')") }} <= 10

),

-- tickets of one scenario and article that state facts of the same policies have the same articles accepted
alike as (

    select distinct
        labels.scenario,
        labels.expected_article_id,
        coalesce(array_sort(needed.policies), {{ array_of([]) }}) as needed_policies
    from {{ ref('ticket_labels') }} as labels
    left join needed
        on labels.ticket_id = needed.ticket_id
    where labels.expected_article_id is not null

),

stated as (

    select
        alike.*,
        coalesce(of_topics.article_ids, {{ array_of([]) }}) as topic_ids,
        stating.articles as stating_articles,
        coalesce(expected.tags, {{ array_of([]) }}) as expected_tags,
        narrow.tags as narrow_tags
    from alike
    left join of_topics
        on alike.scenario = of_topics.scenario
    left join stating
        on alike.needed_policies = stating.policies
    left join {{ ref('int_articles__filled') }} as expected
        on alike.expected_article_id = expected.article_id
    cross join narrow

),

accepting as (

    select
        scenario,
        expected_article_id,
        needed_policies,
        case
            when {{ array_size('needed_policies') }} = 0 then {{ array_slice('topic_ids', 2) }}
            else coalesce({{ array_transform(array_filter('stating_articles', 'article', is_near), 'article', "article['article_id']") }}, {{ array_of([]) }})
        end as accepted_ids
    from stated

),

labels as (

    select
        labels.*,
        labels.arguments['reservation_id'] as acted_reservation_id,
        tickets.category as expected_category,
        tickets.main_issue_type as expected_issue_type,
        tickets.status,
        tickets.user_id,
        tickets.reservation_id,
        coalesce(of_topics.article_ids, {{ array_of([]) }}) as topic_ids,
        coalesce(accepting.accepted_ids, {{ array_of([]) }}) as accepted_ids,
        scenarios.action as asked_action,
        scenarios.kind as asked_kind,
        scenarios.forbidden_actions as asked_not_to,
        scenarios.is_held_out,
        needs.links_to,
        needs.reservation_status as needed_reservation_status,
        needs.event_status as needed_event_status,
        needs.user_tier as needed_tier,
        needs.subscription_state as needed_subscription_state,
        needs.is_blocked as needed_block,
        needs.is_premium_event as needed_premium_event,
        needs.min_tickets,
        needs.min_days_ahead,
        needs.max_days_ahead,
        needs.min_cancelled_days,
        needs.min_cancelled_notice_days,
        needs.max_cancelled_notice_days,
        needs.max_blocked_days,
        needs.requires_bookings,
        needs.max_ticket_age_days,
        {{ seconds_between('tickets.created_at', 'parameters.as_of_at') }} as ticket_age_seconds,
        bookers.user_id is not null as has_bookings,
        -- as they were before what was done in the ticket
        restated.plan as subscription_tier,
        users.is_blocked,
        case when users.subscription_status = 'active' or done.ended_membership then 'active' else 'ended' end as subscription_state,
        events.title,
        events.event_date,
        events.start_time,
        events.status as event_status,
        events.is_premium,
        restated.reservation_status,
        restated.ticket_count::bigint as ticket_count,
        {{ seconds_between('reservations.cancelled_at', 'tickets.created_at') }} as cancelled_seconds,
        {{ days_between(local_date('reservations.cancelled_at'), 'events.event_date') }} as cancelled_notice_days,
        {{ seconds_between('users.blocked_at', 'tickets.created_at') }} as blocked_seconds,
        {{ days_between('parameters.as_of', 'events.event_date') }} as days_ahead,
        data_set.data_hash as built_hash,
        restated.refund_percent,
        coalesce(split(restated.escalation_reasons, ', '), {{ array_of([]) }}) as expected_reasons
    from {{ ref('ticket_labels') }} as labels
    cross join {{ ref('int_parameters') }} as parameters
    cross join {{ ref('data_set') }} as data_set
    left join {{ ref('tickets') }} as tickets
        on labels.ticket_id = tickets.ticket_id
    left join restated
        on labels.ticket_id = restated.ticket_id
    left join (
        select ticket_id, bool_or(action in ('cancel_subscription', 'pause_subscription')) as ended_membership
        from {{ ref('udahub__ticket_actions') }}
        group by ticket_id
    ) as done
        on labels.ticket_id = done.ticket_id
    left join {{ ref('support_scenarios') }} as scenarios
        on labels.scenario = scenarios.scenario
    left join of_topics
        on labels.scenario = of_topics.scenario
    left join needed
        on labels.ticket_id = needed.ticket_id
    left join accepting
        on labels.scenario = accepting.scenario
        and labels.expected_article_id = accepting.expected_article_id
        and coalesce(array_sort(needed.policies), {{ array_of([]) }}) = accepting.needed_policies
    left join {{ ref('scenario_needs') }} as needs
        on scenarios.need = needs.need
    left join bookers
        on tickets.user_id = bookers.user_id
    left join ticket_users as users
        on tickets.user_id = users.user_id
    left join {{ ref('events') }} as events
        on tickets.event_id = events.event_id
    left join ticket_bookings as reservations
        on tickets.reservation_id = reservations.reservation_id

),

-- sentences that tickets of two splits share; what is held out stands apart
torn as (

    select sentence
    from (
        select used.split, {{ unnested(sentences_of('texts.description', 4)) }} as sentence
        from (
            select distinct labels.split, worded.text_number
            from {{ ref('ticket_labels') }} as labels
            inner join {{ ref('int_tickets__text_chosen') }} as worded
                on labels.ticket_id = worded.ticket_id
            where labels.split != 'unseen'
        ) as used
        inner join {{ ref('stg_tickets') }} as texts
            on used.text_number = texts.ticket_number
    ) as said
    group by sentence
    having count(distinct split) > 1

),

rules as (

    select
        ticket_id,
        scenario,
        category = expected_category and main_issue_type = expected_issue_type as columns_are_the_tickets,
        (expected_article_id is not distinct from {{ array_get('topic_ids', 1) }}) as expected_article_is_the_scenarios,
        also_accepted = {{ array_filter('accepted_ids', 'article_id', 'article_id != expected_article_id') }} as accepted_articles_state_the_facts,
        should_escalate = (status = 'escalated') as should_escalate_exactly_when_escalated,
        should_escalate = ({{ array_size('escalation_reasons') }} > 0) as reasons_exactly_when_it_should_escalate,
        escalation_reasons = expected_reasons as escalation_reasons_are_the_triggers,
        action = case
            when should_escalate then 'escalate'
            when asked_action in ('issue_refund', 'cancel_reservation', 'change_party_size') and refund_percent = '0' then 'answer'
            else asked_action
        end as action_is_the_scenarios_or_escalates,
        action = 'open_case'
        or acted_reservation_id is null
        or (acted_reservation_id = reservation_id and reservation_status in ('confirmed', 'pending')) as action_is_on_the_tickets_own_held_booking,
        difficulty in ('easy', 'medium', 'hard') as difficulty_is_known,
        split in ('train', 'dev', 'test', 'unseen') as split_is_known,
        (split = 'unseen') = is_held_out as held_out_scenarios_are_unseen,
        kind = asked_kind and kind in ('single', 'compound', 'must_refuse', 'adversarial', 'unanswerable') as kind_is_the_scenarios,
        {{ array_join('forbidden_actions', ' ') }} = coalesce(asked_not_to, '') as forbidden_actions_are_the_scenarios,
        not array_contains(forbidden_actions, action) as action_is_not_forbidden,
        status != 'resolved' or split = 'train' as resolved_tickets_are_training_ones,
        (has_bookings or not requires_bookings)
        and is_blocked = needed_block
        and (not needed_block or blocked_seconds between 0 and 86400 * coalesce(max_blocked_days, 1000))
        and subscription_tier = coalesce(needed_tier, subscription_tier)
        and subscription_state = coalesce(needed_subscription_state, subscription_state) as user_is_who_the_scenario_speaks_of,
        key_version = '{{ key_version() }}' and data_hash = built_hash as key_is_of_this_data_set,
        ticket_age_seconds <= 86400 * (max_ticket_age_days + coalesce(max_days_ahead - days_ahead, 0)) as ticket_is_as_new_as_the_scenario_needs,
        links_to != 'event'
        or (event_status = needed_event_status and is_premium = coalesce(needed_premium_event, is_premium)) as event_is_what_the_scenario_speaks_of,
        links_to != 'reservation'
        or (
            reservation_status = needed_reservation_status
            and ticket_count >= coalesce(min_tickets, 1)
            and days_ahead between coalesce(min_days_ahead, 0) and coalesce(max_days_ahead, 1000)
            and (needed_reservation_status != 'cancelled' or cancelled_seconds >= 86400 * coalesce(min_cancelled_days, 0))
            and coalesce(cancelled_notice_days between min_cancelled_notice_days and max_cancelled_notice_days, min_cancelled_notice_days is null)
        ) as booking_is_what_the_scenario_speaks_of
    from labels

),

counted as (

    select
        {{ count_violations(id='ticket_id', words='scenario') }},
        {{ duplicate_count('ticket_id') }} as ticket_id_is_unique,
        {{ struct_of({'violations': 'abs(count(*) - (select count(*) from ' ~ ref('tickets') ~ '))', 'example': 'null'}) }} as every_ticket_is_labelled,
        (select {{ struct_of({'violations': 'count(*)', 'example': 'min(sentence)'}) }} from torn) as texts_that_share_a_sentence_share_a_split
    from rules

)

{{ checked_rules('ticket_labels', 'counted') }}
