-- A snapshot: everything the pages show, in one immutable DuckDB file. docs/snapshot.md explains each column.

create table form (
    version  integer not null                  -- of these tables; readers refuse another
);

insert into form values (4);

create table run (
    run_id            varchar primary key,
    started_at        timestamp not null,      -- UTC
    finished_at       timestamp,
    outcome           varchar not null,        -- published, unchanged, failed
    summary           varchar not null,
    catalogue_sha256  varchar,
    inputs_sha256     varchar,
    council           varchar,
    files_read        integer not null,
    files_refused     integer not null,
    rows_set_aside    integer not null,
    measures          integer not null,
    exceptions        integer not null
);

create table council (
    area_code  varchar not null,
    name       varchar not null,
    as_at      date not null,                  -- lateness is judged as at this day
    notice     varchar,
    contact    varchar,                        -- whom readers can ask, and tell of a barrier
    catalogue  varchar not null                -- the whole catalogue as JSON
);

create table area (
    area_code    varchar primary key,
    name         varchar not null,
    level        varchar not null,
    within       varchar,
    ended_on     date,                         -- the council ceased to exist; its series end here
    replaced_by  varchar,                      -- area codes of its successors, separated by commas
    is_home      boolean not null,
    peer_rank    integer,                      -- 1 is the nearest; null when not a peer
    peer_group   varchar
);

create table theme (
    theme_id  varchar primary key,
    position  integer not null,
    title     varchar not null,
    question  varchar not null
);

create table goal (
    goal_id   varchar primary key,
    position  integer not null,
    title     varchar not null,
    promise   varchar not null,                -- what residents were told
    plan      varchar not null                 -- title of the council plan
);

create table service (
    service_id  varchar primary key,
    position    integer not null,
    title       varchar not null,
    owner       varchar not null,
    within      varchar
);

create table committee (
    committee_id  varchar primary key,
    position      integer not null,
    title         varchar not null
);

create table committee_measure (
    committee_id  varchar not null,
    measure_id    varchar not null,            -- within the committee's remit
    primary key (committee_id, measure_id)
);

create table meeting (
    committee_id  varchar not null,
    held_on       date not null,
    primary key (committee_id, held_on)
);

create table boundary (
    area_code  varchar primary key,
    outline    varchar not null                -- GeoJSON geometry, in degrees of longitude and latitude
);

create table source (
    source_id  varchar primary key,
    title      varchar not null,
    publisher  varchar not null,
    licence    varchar,
    link       varchar
);

create table measure (
    measure_id       varchar primary key,
    position         integer not null,         -- order in the catalogue
    title            varchar not null,
    theme_id         varchar not null,
    service_id       varchar not null,
    owner            varchar not null,
    kind             varchar not null,
    critical_few     boolean not null,
    unit             varchar not null,
    decimals         integer not null,
    polarity         varchar not null,
    frequency        varchar not null,
    basis            varchar not null,
    definition       varchar not null,
    counted          varchar,
    caveat           varchar,
    counter_measure  varchar,
    audience         varchar not null,         -- the widest circle it is meant for
    stage            varchar not null,         -- proposed, live, removed: as at the council's day
    small_numbers    integer,                  -- counts below this are withheld
    plan_goal        varchar,                  -- a goal_id
    lg_inform        integer,
    local_outcomes_framework varchar,
    former           varchar,                  -- national or best value indicator it continues
    tolerance        varchar not null,         -- how near the target is near enough, in words
    judged_how       varchar not null,         -- what its class is judged on, in a sentence
    definition_sha256 varchar not null         -- version of the definition the figures were made with
);

create table lifecycle (
    measure_id    varchar not null,
    position      integer not null,            -- order of the decisions, oldest first
    decision      varchar not null,            -- proposed, live, retained, amended, removed
    decided_on    date not null,               -- the day from which it holds
    reason        varchar not null,
    approved_by   varchar,
    breaks_comparability boolean not null,     -- figures before cannot be put beside figures after
    primary key (measure_id, position)
);

create table rebase (
    measure_id  varchar not null,
    rebased_on  date not null,                 -- the usual level is worked out anew from here
    reason      varchar not null,
    primary key (measure_id, rebased_on)
);

create table target (
    measure_id  varchar not null,
    position    integer not null,              -- order of their dates
    kind        varchar not null,
    since       date,                          -- null is always
    in_words    varchar not null,
    reason      varchar not null,
    primary key (measure_id, position)
);

create table register (
    register_id    varchar primary key,
    position       integer not null,
    title          varchar not null,
    item           varchar not null,           -- one of them, e.g. recommendation
    items          varchar not null,           -- several
    question       varchar not null,
    source_id      varchar not null,
    service_id     varchar not null,           -- keeps it
    agenda         varchar not null,           -- actions, audit, policies, complaints, risks, ...
    audience       varchar not null,           -- the widest circle it is meant for
    due_soon_days  integer not null,
    needs_sign_off boolean not null,           -- nothing is closed before it is signed off
    counted_to     date,                       -- the last day on which it was counted; null without a file
    judged_on      date,                       -- items are in the state of this day: the last that its files cover
    baseline_on    date,                       -- the backlog of this day is burnt down
    baseline_reason varchar,
    baseline_target double,                    -- per cent to be dealt with
    baseline_by    date,
    amber_from     integer,                    -- scores: where amber and red begin
    red_from       integer,
    highest        integer                     -- the scale of likelihood and impact runs from 1 to this
);

create table register_item (
    register_id   varchar not null,
    item_id       varchar not null,            -- the source's key
    title         varchar not null,
    owner         varchar,                     -- a post
    service_id    varchar,
    opened        date,
    due           date,                        -- the ORIGINAL date
    current_due   date,                        -- the latest date agreed; equal to due when it was never moved
    times_redated integer not null,
    closed        date,                        -- as its owner says
    signed_off    date,
    ended         date,                        -- the day from which it counts as done; null while it does not
    reported      varchar,                     -- the status as reported
    state         varchar not null,            -- not_due, due_soon, predicted_late, overdue, awaiting_sign_off, closed, withdrawn
    sentence      varchar not null,            -- why it is in that state
    contradicted  varchar,                     -- how the reported status disagrees with the dates
    days_late     integer not null,            -- since the ORIGINAL date, to the day it ended or the register's judged_on; 0 in time
    done          double,                      -- per cent
    rating        varchar,                     -- red, amber, green, complete, none
    rating_before varchar,                     -- in the report before
    rating_since  date,                        -- since when it has been rated so without a break
    reason        varchar,
    way_forward   varchar,
    evidence      varchar,
    priority      varchar,
    part_of       varchar,                     -- item_id in the same register
    stage         varchar,                     -- the last one reached
    inherent      integer,                     -- scores of risks
    residual      integer,
    residual_likelihood integer,
    residual_impact integer,
    target_score  integer,
    appetite      integer,
    red_since     date,                        -- residual score red without a break since
    is_stuck      boolean not null,            -- red for longer than the register allows
    reported_on   date,                        -- the day its latest row reports as at
    details       varchar not null,            -- heading and cell of the further columns, as JSON object
    load_id       integer not null,
    source_row    integer not null,
    primary key (register_id, item_id)
);

create table register_due (
    register_id  varchar not null,
    item_id      varchar not null,
    position     integer not null,             -- 0 is the original
    due_on       date not null,
    primary key (register_id, item_id, position)
);

create table register_link (
    register_id  varchar not null,
    item_id      varchar not null,
    kind         varchar not null,             -- measure, goal, service, register
    target       varchar not null,             -- id of the measure, goal or service, or item_id
    to_register  varchar,                      -- register_id of the target, for kind register
    primary key (register_id, item_id, kind, target)
);

create table register_report (
    register_id  varchar not null,
    item_id      varchar not null,
    reported_on  date not null,
    status       varchar,
    rating       varchar,
    done         double,
    residual     integer,
    reason       varchar,
    way_forward  varchar,
    primary key (register_id, item_id, reported_on)
);

create table register_clock (
    register_id  varchar not null,
    item_id      varchar not null,
    position     integer not null,
    title        varchar not null,
    due_on       date not null,
    extended_to  date,
    met_on       date,
    state        varchar not null,             -- in_time, late, running, overdue
    primary key (register_id, item_id, position)
);

create table register_stage (
    register_id  varchar not null,
    item_id      varchar not null,
    position     integer not null,
    title        varchar not null,
    reached_on   date not null,
    primary key (register_id, item_id, position)
);

create table register_flow (
    register_id  varchar not null,
    stock        varchar not null,             -- open, overdue
    counted_on   date not null,
    since        date,                         -- the count before; null for the first
    opening      integer,                      -- null for the first, as added and closed
    added        integer,                      -- opened, or newly overdue
    closed       integer,
    closing      integer not null,             -- opening + added - closed
    primary key (register_id, stock, counted_on)
);

create table register_tally (
    register_id  varchar not null,
    step         varchar not null,
    position     integer not null,
    title        varchar not null,
    period       varchar not null,             -- a financial year
    period_end   date not null,
    items        integer not null,
    out_of       integer,                      -- of the step it is a share of
    of_title     varchar,
    share        double,                       -- per cent, with its exact 95% interval
    lower        double,
    upper        double,
    primary key (register_id, step, period_end)
);

create table register_breakdown (
    register_id     varchar not null,
    dimension       varchar not null,
    dimension_title varchar not null,
    category        varchar not null,
    period          varchar not null,          -- a financial year
    period_end      date not null,
    opened          integer not null,
    closed          integer not null,
    open            integer not null,          -- at its end, or on the register's judged_on
    overdue         integer not null,
    primary key (register_id, dimension, category, period_end)
);

create table register_burn (
    register_id  varchar not null,
    counted_on   date not null,
    backlog      integer not null,             -- overdue on the day of the baseline
    dealt_with   integer not null,
    primary key (register_id, counted_on)
);

create table failure_indicator (
    indicator_id varchar primary key,
    position     integer not null,
    title        varchar not null,
    theme        varchar not null,
    register_id  varchar not null,
    shown        boolean,                      -- null: the register has no count
    items        integer not null,
    at_least     integer not null,
    sentence     varchar not null,
    look_at      varchar not null
);

create table body (
    body_id  varchar primary key,
    title    varchar not null
);

create table body_meeting (
    body_id  varchar not null,
    held_on  date not null,
    primary key (body_id, held_on)
);

create table cycle (
    cycle_id  varchar primary key,
    position  integer not null,
    title     varchar not null,
    every     varchar not null,                -- month, quarter, year, plan
    purpose   varchar not null
);

create table cycle_step (
    cycle_id      varchar not null,
    position      integer not null,
    step          varchar not null,
    title         varchar not null,
    who           varchar not null,
    is_return     boolean not null,            -- the services' returns are due
    period        varchar not null,
    period_start  date not null,
    period_end    date not null,
    due_on        date,                        -- null: the calendar has no such meeting yet
    primary key (cycle_id, step, period_end)
);

create table source_file (
    sha256          varchar not null,
    path            varchar not null,          -- below the inbox
    bytes           bigint not null,
    modified_at     timestamp not null,
    first_seen_at   timestamp not null,
    outcome         varchar not null,          -- loaded, part_loaded, refused, unmatched
    in_inbox        boolean not null,          -- false: kept from the archive
    primary key (sha256, path)
);

create table file_version (
    path         varchar not null,             -- below the inbox
    source_id    varchar not null,
    sha256       varchar not null,
    bytes        bigint,
    modified_at  timestamp,
    seen_at      timestamp,                    -- when a run first found it
    known_from   timestamp not null,           -- since when its figures were published
    known_to     timestamp,                    -- until when; null while they are
    ended_by     varchar,                      -- replaced, withdrawn; null while they are
    reason       varchar                       -- why it was withdrawn
);

create table load (
    load_id         integer primary key,       -- one per file, source and sheet
    sha256          varchar not null,
    path            varchar not null,
    source_id       varchar not null,
    sheet           varchar,
    encoding        varchar,
    header_row      integer,
    outcome         varchar not null,          -- loaded, refused
    rows_found      integer not null,          -- rows in the file or sheet
    rows_accepted   integer not null,
    rows_set_aside  integer not null,
    rows_skipped    integer not null,          -- blank, heading, note and declared non-data rows
    period_start    date,
    period_end      date,
    delimiter       varchar,                   -- between the cells of a delimited file
    top             varchar                    -- rows above the figures as JSON, where rows were set aside
);

create table check_result (
    load_id      integer not null,
    check_name   varchar not null,
    column_name  varchar,
    rule         varchar not null,             -- what must hold, in words
    severity     varchar not null,             -- refuse, quarantine, note
    passed       boolean not null,
    checked      integer not null,
    failed       integer not null,
    sentence     varchar not null,
    scope        varchar not null default 'rows' -- rows: each is held against the rule; file: the file as a whole
);

create table quarantined_row (
    load_id     integer not null,
    source_row  integer not null,
    code        varchar not null,
    sentence    varchar not null,
    cells       varchar not null,              -- the row as it stood, as JSON
    put_right_in varchar                       -- path of the file in which it came back mended
);

create table accepted_batch (
    source_id    varchar not null,
    path         varchar not null,
    sheet        varchar,
    sha256       varchar not null,
    accepted_at  timestamp not null,           -- when its rows were first accepted, UTC
    period_end   date,                         -- the last day that its figures reach
    rows         integer not null,             -- of figures, those set aside among them
    spreads      varchar not null              -- of the columns that the contract's drift names, as JSON
);

create table submission (
    source_id     varchar not null,
    period_start  date not null,
    period_end    date not null,
    period        varchar not null,
    due_on        date not null,               -- the last day on which it is in time
    came_on       date,                        -- null: it has not come, or before arrivals were recorded
    state         varchar not null,            -- in_time, came_late, came, late, never_came, due_soon, to_come
    primary key (source_id, period_end)
);

create table problem (
    problem_id  integer primary key,
    code        varchar not null,
    severity    varchar not null,              -- refuse, quarantine, note
    source_id   varchar,
    path        varchar,
    sheet       varchar,
    source_row  integer,
    column_name varchar,
    rows        integer not null,              -- how many rows it concerns; 0 for a whole file
    sentence    varchar not null,              -- what, where and why
    fix         varchar not null               -- what to do next
);

create table observation (
    measure_id    varchar not null,
    area_code     varchar not null,
    period_start  date not null,
    period_end    date not null,
    period        varchar not null,            -- as councils write it, e.g. Q3 2024/25
    numerator     decimal(28, 9),
    denominator   decimal(28, 9),
    value         double,                      -- null is missing, never zero
    lower         double,
    upper         double,
    marker        varchar,                     -- standard shorthand, e.g. x, c, p
    load_id       integer not null,            -- of a figure made of records: the latest of its loads
    source_row    integer,                     -- null where it was made of many rows
    sha256        varchar not null,            -- of the file it came from
    records       bigint,                      -- how many records were counted; null for returns
    counted_from  date,                        -- first day counted, where it lies before period_start
    known_from    timestamp not null,          -- when a run first published this value, UTC
    primary key (measure_id, area_code, period_start, period_end)
);

create table restatement (
    measure_id       varchar not null,
    area_code        varchar not null,
    period_start     date not null,
    period_end       date not null,
    period           varchar not null,
    old_value        double,                   -- what was published
    new_value        double,                   -- what took its place; null when it went away or is missing
    old_numerator    decimal(28, 9),
    new_numerator    decimal(28, 9),
    old_denominator  decimal(28, 9),
    new_denominator  decimal(28, 9),
    old_marker       varchar,
    new_marker       varchar,
    known_from       timestamp not null,       -- the old one was published from then, UTC
    known_to         timestamp not null,       -- until then
    old_sha256       varchar not null,
    new_sha256       varchar,                  -- null when the figure went away
    old_path         varchar,
    new_path         varchar,
    why              varchar not null          -- corrected_file, definition_changed, withdrawn, file_lost, worked_out_anew
);

create table breakdown (
    measure_id       varchar not null,
    area_code        varchar not null,
    dimension        varchar not null,         -- the column's id
    dimension_title  varchar not null,         -- its heading
    category         varchar not null,
    period_start     date not null,
    period_end       date not null,
    period           varchar not null,
    numerator        decimal(28, 9),
    denominator      decimal(28, 9),
    value            double,                   -- null is missing, never zero
    marker           varchar,
    primary key (measure_id, area_code, dimension, category, period_start, period_end)
);

create table judgement (
    measure_id       varchar not null,
    area_code        varchar not null,
    period_start     date not null,
    period_end       date not null,
    period           varchar not null,
    value            double,
    target_low       double,                   -- equal to target_high unless the target is a band
    target_high      double,
    tolerance        double,                   -- in the measure's unit
    status           varchar not null,
    status_sentence  varchar,                  -- of the latest figure and the twelve rows before it
    since            date,                     -- first day of the run of periods with this status
    last_period      varchar,                  -- direction against the period before
    last_year        varchar,                  -- direction against the same period a year before
    direction_sentence varchar,                -- likewise
    is_latest        boolean not null,
    primary key (measure_id, area_code, period_start, period_end)
);

create table finding (
    measure_id    varchar not null,
    area_code     varchar not null,
    part          varchar not null default '', -- the category of a breakdown; empty for the area as a whole
    judgement     varchar not null,            -- target, shape, variation, change, direction, assurance, ...
    status        varchar not null,
    adverse       boolean,                     -- bad news, good news, or null
    strength      double not null,             -- larger is stronger, among findings of one judgement
    sentence      varchar not null,
    evidence      varchar not null,            -- figures behind the sentence, as JSON
    period_start  date not null,               -- of the latest figure it was judged as at
    period_end    date not null,
    primary key (measure_id, area_code, part, judgement, status)
);

create table variation (
    measure_id    varchar not null,
    area_code     varchar not null,
    period_start  date not null,
    period_end    date not null,
    value         double not null,             -- what is charted: of a figure that builds up, what the period added
    mean          double not null,             -- of its step of the series
    lower_limit   double not null,             -- process limits
    upper_limit   double not null,
    label         varchar not null,            -- the NHS rule that applies, or Common Cause
    kind          varchar not null,            -- common_cause, special_cause_concern, ...
    primary key (measure_id, area_code, period_start, period_end)
);

create table forecast (
    measure_id     varchar not null,
    area_code      varchar not null,
    made_from      date not null,              -- last day of the latest period it was made from
    year           integer not null,           -- calendar year in which the financial year began
    method         varchar not null,
    point          double not null,
    low            double not null,            -- the outturn should lie from low to high four times in five
    high           double not null,
    naive          double,                     -- were the rest of the year like the latest period
    seasonal_naive double,                     -- were it like the same periods a year before
    back_cast      boolean not null,           -- made afterwards, from the figures as they are known now
    outturn        double,                     -- once it is known
    primary key (measure_id, area_code, made_from, year)
);

create table exception (
    measure_id      varchar not null,
    area_code       varchar not null,
    part            varchar not null default '',   -- category of the breakdown; '' for the area as a whole
    rule            varchar not null,              -- the leading rule
    adverse         boolean not null default true, -- false: good news
    state           varchar not null default 'new', -- new, continuing, improving, resolved, relapsed, accepted
    periods         integer not null default 1,    -- how many reporting periods it has held
    since           date not null,
    first_seen      date,                          -- last day of the reporting period in which it was first listed
    accepted_until  date,
    severity        varchar not null,              -- high, medium, low
    confirmed       boolean not null default false, -- two independent detectors agree
    sentence        varchar not null,
    question        varchar not null default '',   -- what to ask the owner
    position        integer not null,              -- rank in the list
    period_start    date not null,
    period_end      date not null,
    owner           varchar not null,
    evidence        varchar not null,              -- figures of the leading finding, as JSON
    primary key (measure_id, area_code, part, rule)
);

create table exception_evidence (
    measure_id      varchar not null,
    area_code       varchar not null,
    part            varchar not null,
    exception_rule  varchar not null,              -- the exception's leading rule
    position        integer not null,              -- from 0, the leading finding
    role            varchar not null,              -- leading, also, confirms, accepted
    rule            varchar,                       -- the rule met; null where it only confirms
    judgement       varchar not null,
    status          varchar not null,
    since           date,
    strength        double not null,
    sentence        varchar not null,
    evidence        varchar not null,              -- figures, as JSON
    primary key (measure_id, area_code, part, exception_rule, position)
);

create table exception_memory (
    measure_id      varchar not null,
    area_code       varchar not null,
    part            varchar not null,
    concern         varchar not null,              -- performance, data, improvement
    period_end      date not null,                 -- of the reporting period
    rule            varchar not null,
    state           varchar not null,
    since           date not null,
    first_seen      date not null,
    times           integer not null,
    distance        double not null,               -- how far from good
    primary key (measure_id, area_code, part, concern, period_end)
);

create table exception_summary (
    as_at               date primary key,
    judged              integer not null,          -- measures that a test of chance could be made of
    expected_by_chance  double not null,           -- how many of them chance alone would flag
    sentence            varchar not null,
    concerns            integer not null,
    confirmed           integer not null,
    improvements        integer not null,
    resolved            integer not null,
    accepted            integer not null
);
