// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleSearch.h"

#include "console/ConsoleModel.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace loopscope {

namespace {

constexpr int kBudget = 8; ///< ms at a time

} // namespace

ConsoleSearch::ConsoleSearch(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLineEdit(this))
    , m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("consoleSearch"));
    setAutoFillBackground(true);
    m_text->setPlaceholderText(tr("Find in the console"));
    m_text->setAccessibleName(tr("Find in the console"));
    m_text->installEventFilter(this);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_note);
    layout->addWidget(m_text);
    const auto button = [&](const QString &text, const QString &name, auto act) {
        QToolButton *made = makeTextButton(text, name, this, "plain");
        connect(made, &QToolButton::clicked, this, act);
        layout->addWidget(made);
    };
    button(QStringLiteral("◀"), tr("Previous line that has it (Shift+Enter)"), [this] { look(-1, m_row - 1); });
    button(QStringLiteral("▶"), tr("Next line that has it (Enter)"), [this] { look(1, m_row + 1); });
    button(QStringLiteral("×"), tr("Close the search (Esc)"), [this] { close(); });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConsoleSearch::lookOn);
    connect(m_text, &QLineEdit::textChanged, this, [this] {
        Q_EMIT textChanged();
        look(1, m_row);
    });
    connect(&Theme::current(), &Theme::changed, this, &ConsoleSearch::applyTheme);
    applyTheme();
    hide();
}

void ConsoleSearch::applyTheme()
{
    const auto pixels = [](qreal length) { return qRound(Theme::current().scaled(length)); };
    layout()->setContentsMargins(pixels(8), pixels(3), pixels(4), pixels(3));
    layout()->setSpacing(pixels(4));
    m_text->setFixedWidth(pixels(170));
    QPalette colours = palette();
    colours.setColor(QPalette::Window, Theme::current().palette().bar);
    setPalette(colours);
}

void ConsoleSearch::open(int row)
{
    m_row = std::max(0, row);
    show();
    raise();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    Q_EMIT textChanged();
    look(1, m_row);
}

void ConsoleSearch::close()
{
    m_timer.stop();
    hide();
    Q_EMIT textChanged();
    Q_EMIT closed();
}

QString ConsoleSearch::text() const { return isVisible() ? m_text->text() : QString(); }

void ConsoleSearch::look(int direction, int from)
{
    const int count = m_model != nullptr ? m_model->rowCount() : 0;
    m_direction = direction;
    m_left = m_text->text().isEmpty() ? 0 : count;
    m_next = count > 0 ? (from + count) % count : 0; // behind the last line comes the first
    m_note->clear();
    lookOn();
}

void ConsoleSearch::lookOn()
{
    QElapsedTimer clock;
    clock.start();
    const int count = m_model != nullptr ? m_model->rowCount() : 0;
    const QString wanted = m_text->text();
    for (; m_left > 0 && count > 0; --m_left) {
        m_next = std::min(m_next, count - 1); // lines go when the cursor goes back
        const QString line = m_model->index(m_next, 0).data(ConsoleModel::WholeTextRole).toString();
        if (line.contains(wanted, Qt::CaseInsensitive)) {
            m_row = m_next;
            m_left = 0;
            m_note->clear();
            Q_EMIT found(m_row);
            return;
        }
        m_next = (m_next + m_direction + count) % count;
        if (clock.elapsed() >= kBudget) {
            m_note->setText(tr("looking …"));
            m_timer.start(0);
            return;
        }
    }
    m_note->setText(wanted.isEmpty() ? QString() : tr("no line has it"));
}

bool ConsoleSearch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape) {
        close();
        return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        const int direction = key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1;
        look(direction, m_row + direction);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace loopscope
