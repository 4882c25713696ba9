"""Step 2: the endpoint, where the provider needs one, the key, and where it is kept."""

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.base.translation import _, listed
from tui.catalog.providers import Need
from tui.commands.gate import hide
from tui.credentials.environment_keys import found_in
from tui.credentials.pasted_key import clean_key, halves_in
from tui.credentials.private_file import key_file_path
from tui.credentials.store import Store
from tui.credentials.work_tree import committed
from tui.drafts.draft import Draft
from tui.drafts.key_place import is_open, is_openable, is_provided, is_settled, missing_half, preselected
from tui.drafts.offers import offer, take
from tui.lines.fields import ask_setting
from tui.lines.run import Run, text_of
from tui.lines.talk import Option
from tui.openhands.base_url_repair import container_note, repaired
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY
from tui.saving.consent import in_the_clear
from tui.screens import key_words
from tui.widgets.checks import Check
from tui.widgets.choice_list import PlaceRow
from tui.widgets.steps import Step


async def ask_key(run: Run) -> None:
    """Fields from the provider's needs, and the places where the key may be kept."""
    provider = run.draft.provider
    if provider is None:
        run.show(Step.PROVIDER)
        return
    page = _("get a key: {page}").format(page=provider.key_page) if provider.key_page else ""
    run.talk.say(f"{provider.name}  {page}".strip())
    for need in provider.needs:
        if BY_KEY[need.key].kind is not Kind.SECRET:
            _ask_endpoint(run, need)
    for need in provider.needs:
        if BY_KEY[need.key].kind is Kind.SECRET:
            await _ask_secret(run, need)
    if run.draft.provider is not provider:  # the key was another one's
        run.show(Step.KEY)
        return
    if run.draft.secret_keys():
        await _ask_place(run)
    run.talk.say(*(text_of(row) for row in key_words.delivery(run.draft, provider)))
    run.done(Step.KEY)


def _ask_endpoint(run: Run, need: Need) -> None:
    """Until there is one, where it is needed; a base URL is put right, and it is said how."""
    draft, field = run.draft, BY_KEY[need.key]

    def fix(text: str) -> tuple[str, str]:
        return repaired(text, draft.provider) if need.key == "base_url" and text and draft.provider else (text, "")

    while True:
        example = need.example if need.works else ""
        ask_setting(run, field, default=example, hint=key_words.hint(draft, need), fix=fix)
        if need.key == "base_url":
            run.talk.say(*filter(None, [in_the_clear(draft), container_note(draft.base_url)]))
        set_here = draft.is_default and draft.environ.get(field.variable)
        if not need.required or draft.effective_text(need.key) or set_here:
            return
        run.talk.say(key_words.missing(draft, need.key))


async def _ask_secret(run: Run, need: Need) -> None:
    """Unseen, and cleaned as a pasted one is; Enter leaves it as it is."""
    draft, field = run.draft, BY_KEY[need.key]
    if draft.typed_secret(need.key):
        return  # both halves came in one
    if _takes_offer(run):
        return
    kept = key_words.standing(draft, need.key)
    said = _("{kept}; Enter alone keeps it.").format(kept=kept[:1].upper() + kept[1:])
    run.talk.say(said if kept else _("Enter alone: none is typed."))
    words = _("Enter the {label}, unseen like a password")  # in Emacs' shell a prompt of this form hides what is typed
    while True:
        text = run.talk.hidden(words.format(label=field.label))
        if text is None:
            run.talk.say(_("No key can be typed here unseen. Keep it with llm-setup key set, or choose a place below."))
            return
        if not text.strip():
            return
        if _take(run, need.key, text):
            break
    if not _takes_offer(run):
        await _try_it(run)


def _take(run: Run, key: str, text: str) -> bool:
    """Whether there is a key in it."""
    draft, halves = run.draft, halves_in(text)
    try:
        found, left_out = (halves[key], "") if key in halves else clean_key(text)
    except SetupError as error:
        run.talk.say(str(error))
        return False
    secrets = halves if key in halves else {key: found}
    hide(Secret(each) for each in secrets.values())
    for name, each in secrets.items():
        draft.edit_secret(name, Secret(each))
    typed = draft.typed_secret(key)
    if draft.provider and typed:
        run.talk.say(*filter(None, [_said(key_words.looks(draft.provider, key, typed)), left_out]))
    return True


def _takes_offer(run: Run) -> bool:
    """What can be done about the key at once: another provider's, or one that is there already."""
    found = offer(run.draft, keyring_open=is_open(run.desk.keyring_status))
    if found is None or found.store:
        return False
    run.talk.say(found.sentence)
    question = _("{does}?").format(does=found.does[:1].upper() + found.does[1:])
    if not run.talk.agrees(question, default=found.provider is not None):
        return False
    take(run.draft, found)
    hide(run.draft.typed_secrets().values())
    return True


async def _try_it(run: Run) -> None:
    """The provider's own address is asked whether it takes the key, as when its field is left."""
    run.lists.ask_with_typed_key()
    await run.host.finish_jobs()
    draft = run.draft
    said = key_words.answered(run.desk.lists.answer(draft), "", draft, draft.typed_secret())
    run.talk.say(*([_said(said)] if said else []))


def _said(found: Check) -> str:
    return listed([found.text, found.note])


# -- where it is kept


async def _ask_place(run: Run) -> None:
    """Until it is clear where the key is or will be; readable text is never taken by Enter alone."""
    draft = run.draft
    needs = draft.provider.needs if draft.provider else ()
    needed = any(need.required and need.key in draft.secret_keys() for need in needs)
    if not (needed or draft.typed_secrets() or draft.remembered_store):
        return
    await run.unlock.look()
    while True:
        look = run.desk.keyring_status
        found = found_in(draft.environ, draft.provider.key_variable if draft.provider else "")
        if found and not draft.variable:
            draft.variable = found[0].name
        rows = key_words.place_rows(draft, look, found[0] if found else None)
        chosen = preselected(draft, look)
        default = chosen.value if chosen else _first(rows)
        words = _("Keep it in")
        draft.store = Store(run.talk.choose(words, [_option(row) for row in rows], default=default))
        lacking = next((n.key for n in needs if n.key in draft.secret_keys() and not _is_there(draft, n)), "")
        if lacking:
            draft.store = None
            run.talk.say(_("{label} is missing.").format(label=BY_KEY[lacking].label))
            continue
        await _open(run)
        if is_settled(draft, run.desk.keyring_status) and not await _fails(run):
            await _warn(run)
            return


def _is_there(draft: Draft, need: Need) -> bool:
    """Whether a key that is needed was typed, is somewhere already, or will be given by what was chosen."""
    return not need.required or is_provided(draft, need.key)


def _option(row: PlaceRow) -> Option[str]:
    words = listed([text_of(row.words), row.note])
    return Option(row.value, row.label, words, (row.value,), row.possible)


def _first(rows: list[PlaceRow]) -> str:
    return next((row.value for row in rows if row.possible and not row.deliberate), "")


async def _open(run: Run) -> None:
    """A keyring that is chosen and not open is unlocked; a command is asked for."""
    draft, look = run.draft, run.desk.keyring_status
    if draft.store is Store.KEYRING and not is_open(look) and is_openable(draft, look):
        await run.unlock.unlock()
    for key in draft.secret_keys() if draft.store is Store.COMMAND else ():
        provider = draft.provider.id if draft.provider else ""
        words = _("Command whose output is the {label}").format(label=BY_KEY[key].label)
        example = _("such as: pass show {name}").format(name=provider)
        draft.commands[draft.credential(key)] = run.talk.ask(f"{words} ({example})", default=draft.command(key))


async def _fails(run: Run) -> bool:
    """Whether a command that was chosen gives no key."""
    if run.draft.store is not Store.COMMAND or not run.draft.new_commands():
        return False
    problems: list[str] = []
    stop = run.desk.command_tried.subscribe(problems.append)
    await run.key_command.check()
    stop()
    run.talk.say(*filter(None, problems))
    return any(problems)


async def _warn(run: Run) -> None:
    """Whether the chosen file would be committed with the key in it; whether half of a pair is missing."""
    files = {Store.FILE: key_file_path(run.draft.credential()), Store.CONFIG: run.draft.config.path}
    path = files.get(run.draft.store) if run.draft.store else None
    if path and (said := await committed(path)):
        run.talk.say(said)
    if half := missing_half(run.draft):
        run.talk.say(_("{label} is missing.").format(label=BY_KEY[half].label))
