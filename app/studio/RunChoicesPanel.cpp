// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunChoicesPanel.h"

#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QScreen>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

const QChar kSeparator = u',';

QStringList listed(const QLineEdit &field)
{
    QStringList list;
    const QStringList parts = field.text().split(kSeparator, Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (const QString trimmed = part.trimmed(); !trimmed.isEmpty())
            list.append(trimmed);
    }
    return list;
}

QString joined(const QStringList &list) { return list.join(QStringLiteral(", ")); }

QLineEdit *makeField(const QString &placeholder, const QString &tip)
{
    auto *field = new QLineEdit;
    field->setPlaceholderText(placeholder);
    field->setToolTip(tip);
    field->setMinimumWidth(qRound(Theme::current().scaled(300)));
    return field;
}

QLabel *makeHead(const QString &text)
{
    auto *head = new QLabel(text);
    head->setFont(Theme::current().font(Theme::TextRole::Strong));
    return head;
}

} // namespace

RunChoicesPanel::RunChoicesPanel(const RunChoices &choices, const QString &scriptName, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_simulated(new QRadioButton(tr("&Simulated: virtual time, the same on every machine")))
    , m_real(new QRadioButton(tr("R&eal: this machine's clock, files and network")))
    , m_seed(new QSpinBox)
    , m_profile(makeField(tr("usual latencies"), tr("A JSON file with latencies of disk, names, connections and round trips")))
    , m_arguments(makeField(tr("none"), tr("process.argv from the third on; quotes hold words together")))
    , m_beside(makeField(tr("none"), tr("Scripts with loops of their own, which talk to this one over the network")))
    , m_readable(makeField(tr("only the script's folder"), tr("Files and folders the script may read besides")))
    , m_writable(makeField(tr("nothing"), tr("Files and folders the script may write; without them nothing real is changed")))
    , m_hosts(makeField(tr("only this machine"), tr("Hosts, or host:port, the script may talk to and listen on")))
    , m_environment(makeField(tr("all but secrets"), tr("Names of environment variables the script may see")))
    , m_mayRun(new QCheckBox(tr("may start &programs")))
    , m_mayDoAll(new QCheckBox(tr("may do e&verything that I may")))
{
    setObjectName(QStringLiteral("runChoices"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("How to run the script"));
    setFrameShape(QFrame::StyledPanel);
    const int space = qRound(Theme::current().scaled(8));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space * 2, space * 2, space * 2, space * 2);
    column->setSpacing(space);
    column->addWidget(makeHead(scriptName.isEmpty() ? tr("How to run the script") : tr("How to run %1").arg(scriptName)));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(space * 2);
    form->setVerticalSpacing(space * 3 / 4);
    addTime(*form);
    addScripts(*form);
    addPermissions(*form);
    column->addLayout(form);
    column->addWidget(makeButtons());
    fill(choices);
    for (QAbstractButton *each : std::initializer_list<QAbstractButton *>{m_simulated, m_real, m_mayDoAll})
        connect(each, &QAbstractButton::toggled, this, &RunChoicesPanel::enableFields);
}

void RunChoicesPanel::addTime(QFormLayout &form)
{
    auto *kinds = new QVBoxLayout;
    kinds->addWidget(m_simulated);
    kinds->addWidget(m_real);
    form.addRow(tr("Time and I/O"), kinds);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setToolTip(tr("Another seed takes other free choices and draws other latencies"));
    form.addRow(tr("S&eed"), m_seed);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_profile, 1);
    QToolButton *choose = makeTextButton(tr("Choose…"), tr("Choose a latency profile"), row);
    connect(choose, &QToolButton::clicked, this, &RunChoicesPanel::chooseProfile);
    layout->addWidget(choose);
    auto *label = new QLabel(tr("&Latencies"));
    label->setBuddy(m_profile);
    form.addRow(label, row);
}

void RunChoicesPanel::addScripts(QFormLayout &form)
{
    form.addRow(tr("&Arguments"), m_arguments);
    form.addRow(tr("Scripts &beside it"), m_beside);
}

void RunChoicesPanel::addPermissions(QFormLayout &form)
{
    form.addRow(makeHead(tr("What it may touch")));
    form.addRow(tr("&Read"), m_readable);
    form.addRow(tr("&Write"), m_writable);
    form.addRow(tr("&Network"), m_hosts);
    form.addRow(tr("Environ&ment"), m_environment);
    form.addRow(QString(), m_mayRun);
    form.addRow(QString(), m_mayDoAll);
}

QWidget *RunChoicesPanel::makeButtons()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    QToolButton *usual = makeTextButton(tr("As usual"), tr("Put everything back to how scripts are usually run"), row);
    connect(usual, &QToolButton::clicked, this, [this] { fill(RunChoices()); });
    QToolButton *later = makeTextButton(tr("For the next run"), tr("Keep this for the next run"), row);
    connect(later, &QToolButton::clicked, this, [this] { take(false); });
    QToolButton *now = makeTextButton(tr("Run"), tr("Run the script so, from its start (Enter)"), row);
    now->setProperty("main", true);
    connect(now, &QToolButton::clicked, this, [this] { take(true); });
    layout->addWidget(usual);
    layout->addStretch(1);
    layout->addWidget(later);
    layout->addWidget(now);
    return row;
}

void RunChoicesPanel::fill(const RunChoices &choices)
{
    (choices.isReal ? m_real : m_simulated)->setChecked(true);
    m_seed->setValue(static_cast<int>(std::min<quint64>(choices.seed, std::numeric_limits<int>::max())));
    m_profile->setText(choices.latencyProfile);
    m_arguments->setText(choices.arguments);
    m_beside->setText(joined(choices.beside));
    m_readable->setText(joined(choices.readable));
    m_writable->setText(joined(choices.writable));
    m_hosts->setText(joined(choices.hosts));
    m_environment->setText(joined(choices.environment));
    m_mayRun->setChecked(choices.mayRun);
    m_mayDoAll->setChecked(choices.mayDoAll);
    enableFields();
}

void RunChoicesPanel::enableFields()
{
    const bool isReal = m_real->isChecked();
    const bool asks = !m_mayDoAll->isChecked();
    m_seed->setEnabled(!isReal);
    m_profile->setEnabled(!isReal);
    m_writable->setEnabled(isReal && asks);
    m_writable->setPlaceholderText(isReal ? tr("nothing") : tr("in memory only: nothing real is changed"));
    for (QWidget *each : std::initializer_list<QWidget *>{m_readable, m_hosts, m_environment, m_mayRun})
        each->setEnabled(asks);
}

RunChoices RunChoicesPanel::choices() const
{
    RunChoices choices;
    choices.isReal = m_real->isChecked();
    choices.seed = static_cast<quint64>(m_seed->value());
    choices.latencyProfile = m_profile->text().trimmed();
    choices.arguments = m_arguments->text();
    choices.beside = listed(*m_beside);
    choices.readable = listed(*m_readable);
    choices.writable = listed(*m_writable);
    choices.hosts = listed(*m_hosts);
    choices.environment = listed(*m_environment);
    choices.mayRun = m_mayRun->isChecked();
    choices.mayDoAll = m_mayDoAll->isChecked();
    return choices;
}

void RunChoicesPanel::popUp(const QPoint &globalCorner)
{
    adjustSize();
    const QRect room = screen()->availableGeometry();
    const int left = std::clamp(globalCorner.x() - width(), room.left(), std::max(room.left(), room.right() - width()));
    const int top = std::clamp(globalCorner.y(), room.top(), std::max(room.top(), room.bottom() - height()));
    move(left, top);
    show();
    (m_real->isChecked() ? m_real : m_simulated)->setFocus();
}

void RunChoicesPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        take(true);
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void RunChoicesPanel::take(bool runNow)
{
    m_seed->interpretText();
    const RunChoices taken = choices();
    close();
    Q_EMIT chosen(taken, runNow);
}

void RunChoicesPanel::chooseProfile()
{
    const QString path = QFileDialog::getOpenFileName(parentWidget(), tr("Latency profile"), m_profile->text(), tr("Profiles (*.json)"));
    if (!path.isEmpty())
        m_profile->setText(path);
}

} // namespace loopscope
