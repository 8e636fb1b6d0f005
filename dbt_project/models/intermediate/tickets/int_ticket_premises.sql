-- What must be true of the rows that a ticket is linked to, with a number each for draws that differ per premise: the need of its scenario, as long as
-- nothing was done; and for each thing that support may have done, rows that show it: a cancelled booking was held before, a smaller party was
-- larger by one, an ended membership ran, a premium member was basic. A booking that was cancelled so late that nothing came back is none of them: nobody
-- has that done unasked. Where the need sets no day, the notice is that of a full refund, so that the share that comes back is one share from the
-- ticket to the answer.
with

needs as (

    select * from {{ ref('scenario_needs') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

actions as (

    select * from {{ ref('support_actions') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

effects as (

    select distinct scenarios.need, actions.effect
    from scenarios
    inner join actions
        on scenarios.action = actions.action
    where actions.effect is not null

),

unchanged as (

    select
        need as premise,
        need,
        null::string as effect,
        links_to,
        requires_bookings,
        false as forbids_bookings,
        reservation_status,
        event_status,
        user_tier,
        subscription_state,
        null::string as subscription_status,
        is_blocked,
        is_premium_event,
        min_days_ahead,
        max_days_ahead,
        min_tickets,
        null::bigint as max_tickets,
        max_ticket_age_days,
        min_cancelled_days,
        min_cancelled_notice_days,
        max_cancelled_notice_days,
        max_blocked_days
    from needs

),

changed as (

    select
        effects.need || ' ' || effects.effect as premise,
        effects.need,
        effects.effect,
        needs.links_to,
        needs.requires_bookings and effects.effect != 'premium_tier' as requires_bookings,
        effects.effect = 'premium_tier' as forbids_bookings,
        case when effects.effect = 'cancelled_booking' then 'cancelled' else needs.reservation_status end as reservation_status,
        needs.event_status,
        case when effects.effect = 'premium_tier' then 'premium' else needs.user_tier end as user_tier,
        case when effects.effect in ('cancelled_membership', 'paused_membership') then 'ended' else needs.subscription_state end as subscription_state,
        case effects.effect when 'cancelled_membership' then 'cancelled' when 'paused_membership' then 'paused' end as subscription_status,
        needs.is_blocked,
        needs.is_premium_event,
        case when needs.max_days_ahead is null then greatest(needs.min_days_ahead, policies.refund_full_notice_days) else needs.min_days_ahead end as min_days_ahead,
        needs.max_days_ahead,
        case when effects.effect = 'smaller_party' then greatest(coalesce(needs.min_tickets, 2) - 1, 1) else needs.min_tickets end as min_tickets,
        case when effects.effect = 'smaller_party' then policies.max_tickets_per_booking - 1 end as max_tickets,
        needs.max_ticket_age_days,
        needs.min_cancelled_days,
        null::bigint as min_cancelled_notice_days,
        null::bigint as max_cancelled_notice_days,
        needs.max_blocked_days
    from effects
    inner join needs
        on effects.need = needs.need
    cross join policies
    where
        needs.can_be_done
        and case
            when effects.effect in ('cancelled_booking', 'smaller_party') then needs.links_to = 'reservation' and needs.reservation_status = 'confirmed'
            when effects.effect = 'premium_tier' then needs.links_to = 'user' and needs.user_tier = 'basic'
            else needs.links_to = 'user' and needs.subscription_state = 'active'
        end

),

premises as (

    select * from unchanged
    union all
    select * from changed

)

select
    *,
    row_number() over (order by premise) as premise_number
from premises
