"""The red flags in words, and what to do (clinical content, section 7). Never reassures."""

from PySide6.QtCore import QCoreApplication


def red_flag_words() -> tuple[tuple[str, str], ...]:
    """(what is seen or felt, what to do now) pairs, the most urgent first, translated."""
    return (
        (
            _tr("Chest pain, breathlessness, coughing blood, or collapse"),
            _tr("Call the emergency number now. Do nothing else to the leg."),
        ),
        (
            _tr("Suddenly cold, pale, numb leg"),
            _tr("Call the emergency number now. Do nothing else to the leg."),
        ),
        (
            _tr("Pain that keeps growing, a tense calf, numbness or weakness"),
            _tr("Call the emergency number now. Do nothing else to the leg."),
        ),
        (
            _tr("Dark urine, confusion, vomiting, or cramps all over the body"),
            _tr("Call the emergency number now."),
        ),
        (
            _tr("Weak, soft muscles, slumping or fast breathing in sport"),
            _tr("Call the emergency number now."),
        ),
        (
            _tr(
                "One leg swollen, warm, red or darkened, hard veins, throbbing without a reason, or pain that "
                "stays after the cramp has let go"
            ),
            _tr("It may be a clot. No stretching, massage, heat or ice. Be seen by a doctor today."),
        ),
        (
            _tr("A pop or a feeling of being kicked, a bruise, a gap, or you cannot rise on your toes"),
            _tr("It may be a tear. No stretching, massage or heat. Get medical help urgently."),
        ),
        (
            _tr("The cramp has lasted more than ten minutes"),
            _tr("Stop. Get medical help urgently."),
        ),
        (
            _tr("Cramps after a dirty wound"),
            _tr("Get medical help urgently."),
        ),
        (
            _tr("Foot pain at night that eases when the leg hangs down, or sores on the foot"),
            _tr("Stop here. Be seen by a doctor today."),
        ),
        (
            _tr("Pain on walking that rest takes away"),
            _tr("No heat, ice or massage. See a doctor."),
        ),
        (
            _tr("Cramps that are frequent or severe, disturb sleep, or come with weakness or skin changes"),
            _tr("See a doctor."),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("red_flags", text)
