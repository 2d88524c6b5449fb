"""Each sentence of docs/operating.md on how the server behaves, by its beginning, and the test that holds it."""

from __future__ import annotations

HELD: dict[str, str] = {
    "One process serves a class; `--workers N`": (
        "tests/api/server/test_two_workers.py::test_a_run_goes_from_process_to_process_as_if_one_had_done_it_all"
    ),
    "`python -m app --help` lists": "tests/test_house.py::test_the_image_starts_with_the_command_line_that_there_is",
    "A wheel (`.venv/bin/python -m build`)": (
        "tests/repository/test_packaging.py::test_the_installed_command_serves_pages_and_what_they_load"
    ),
    "Pages load everything by relative addresses": (
        "tests/api/server/test_proxy.py::test_everything_is_found_under_a_path"
    ),
    "Training on small networks, regions and landscapes": (
        "tests/core/training/test_compiled.py::"
        "test_where_there_is_a_c_compiler_there_are_libraries_and_without_numpy_serves"
    ),
    "`GET /api/v1/version` says which": (
        "tests/browser/test_modules.py::test_every_page_starts_from_plain_modules_and_without_a_compiler"
    ),
    "What pages load stands under a hash": (
        "tests/api/wire/test_release.py::test_a_page_names_all_that_it_loads_under_the_release"
    ),
    "A changed file is served after a restart": (
        "tests/api/wire/test_release.py::test_another_content_is_another_release"
    ),
    "Tests walk the main journeys": "make browsers",
    "`make lighthouse` rates": "make lighthouse",
    "[`compose.yaml`](../compose.yaml) does it": (
        "tests/test_house.py::test_the_image_installs_by_hash_and_runs_as_nobody_special"
    ),
    "`BACKPROPSCOPE_FORWARDED_ALLOW_IPS`:": (
        "tests/api/server/test_proxy.py::test_a_proxy_is_believed_only_if_it_is_one_of_the_setting"
    ),
    "Only from there are `X-Forwarded-Proto`": (
        "tests/api/server/test_proxy.py::test_a_proxy_is_believed_only_if_it_is_one_of_the_setting"
    ),
    "Over HTTPS the server then sends": (
        "tests/api/server/test_proxy.py::test_a_proxy_is_believed_only_if_it_is_one_of_the_setting"
    ),
    "`BACKPROPSCOPE_ALLOWED_HOSTS`:": "tests/api/bounds/test_admission.py::test_names_of_the_setting_are_answered",
    "Requests to any other name are answered 421": (
        "tests/api/bounds/test_admission.py::test_a_name_that_somebody_else_owns_is_not_answered"
    ),
    "`BACKPROPSCOPE_ROOT_PATH`:": "tests/api/server/test_proxy.py::test_everything_is_found_under_a_path",
    "The proxy may take the path off": "tests/api/server/test_proxy.py::test_everything_is_found_under_a_path",
    "Events (`POST /api/v1/training`)": "tests/api/server/test_proxy.py",
    "An idle connection is closed": (
        "tests/api/server/test_connections.py::test_an_idle_connection_is_closed_after_five_seconds"
    ),
    "A request has to be whole within": (
        "tests/api/server/test_connections.py::test_what_stands_around_a_body_is_bounded"
    ),
    "Chunks hold eight bytes": "tests/api/server/test_connections.py::test_a_request_in_too_many_parts_is_refused",
    "With more than `BACKPROPSCOPE_CONNECTIONS`": (
        "tests/api/server/test_connections.py::test_who_waits_longest_makes_room_and_the_honest_are_served"
    ),
    "An answer has to be read:": "tests/api/bounds/test_ledger.py::test_a_reader_of_a_byte_now_and_then_is_cut_off",
    "Bodies that arrive and answers": (
        "tests/api/bounds/test_ledger.py::test_unread_answers_are_bounded_and_an_honest_client_is_answered"
    ),
    "Long computations wait in a queue": (
        "tests/api/bounds/test_work.py::test_who_has_most_waiting_gives_a_place_to_who_has_none"
    ),
    "What waits for a client that has left": (
        "tests/api/bounds/test_work.py::test_what_runs_for_a_client_that_left_ends_when_it_looks_up"
    ),
    "`Retry-After` is how long": "tests/api/bounds/test_work.py::test_retry_after_is_what_the_queue_takes",
    "A training waits up to eight seconds": (
        "tests/api/bounds/test_waiting.py::test_thirty_trainings_at_once_are_all_served"
    ),
    "A stream without news sends": "tests/api/bounds/test_waiting.py::test_a_stream_in_silence_says_that_it_is_there",
    "SIGTERM (what `docker stop`": (
        "tests/api/server/test_shutdown.py::test_streams_are_told_their_runs_are_kept_and_the_server_ends_soon"
    ),
    "Streams of `GET /api/v1/runs/{id}/events` just end": (
        "tests/api/training/test_following.py::test_a_server_that_ends_ends_the_streams_of_who_follows"
    ),
    "Other answers have three seconds": (
        "tests/test_cli.py::test_it_ends_when_asked_to_even_if_a_client_has_not_finished_speaking"
    ),
    "| alive |": "tests/test_house.py::test_the_health_check_of_the_image_knows_a_living_server_from_a_dead_one",
    "| able to do all its work |": (
        "tests/api/store/test_store_trouble.py::test_it_is_said_and_what_needs_no_store_works"
    ),
    "| log |": "tests/api/server/test_logs.py::test_every_request_has_its_line_under_the_id_that_its_answer_carries",
    "| numbers |": "tests/api/server/test_metrics.py::test_requests_are_counted_by_route_and_timed",
    "With several workers they are added up": (
        "tests/api/server/test_metrics.py::test_worker_processes_put_their_numbers_together"
    ),
    "The disk is full, read-only": (
        "tests/api/store/test_store_stress.py::"
        "test_all_who_wait_for_a_locked_store_wait_no_longer_than_one_and_readiness_does_not_wait_for_them"
    ),
    "Runs are read and sessions looked at": (
        "tests/store/test_run_store.py::test_what_is_only_read_waits_for_nobody_who_writes"
    ),
    "Trainings go on: their records wait": (
        "tests/api/training/test_training_faults.py::"
        "test_a_training_waits_for_a_store_that_is_away_with_no_more_than_it_may_hold"
    ),
    "Once the cause is gone": (
        "tests/api/store/test_store_trouble.py::test_a_store_that_is_back_is_used_without_a_restart"
    ),
    "A store that grows to": (
        "tests/store/test_session_contract.py::test_a_store_full_of_bytes_lets_go_of_whose_they_are"
    ),
    "A file that is deleted or moved away": (
        "tests/api/store/test_store_stress.py::test_two_workers_never_have_two_stores"
    ),
    "A damaged file (`sessions.sqlite3`": (
        "tests/store/test_session_store.py::test_a_damaged_store_is_an_error_and_is_not_touched"
    ),
    "A clock that is set back": (
        "tests/api/store/test_store_trouble.py::test_a_clock_set_back_or_forth_while_it_runs_loses_nothing"
    ),
    "One that jumps ahead": "tests/store/test_session_contract.py::test_a_session_unused_for_a_day_is_not_found",
}
ADVICE = ("With a proxy of your own:", "To put a backup in its place, stop the server first.")
"""What an operator is to do; nothing that the server does."""
