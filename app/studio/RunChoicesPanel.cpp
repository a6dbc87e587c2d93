// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunChoicesPanel.h"

#include "LatencyFields.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QCheckBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QScreen>
#include <QSpinBox>
#include <QStackedLayout>
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

/// In a field of permissions.
const QString kAll = QStringLiteral("*");

Grant grantIn(const QLineEdit &field)
{
    QStringList names = listed(field);
    const bool all = names.removeAll(kAll) > 0;
    return {all, names};
}

QString textOf(const Grant &grant) { return joined(grant.all ? QStringList{kAll} + grant.names : grant.names); }

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
    , m_arguments(makeField(tr("none"), tr("process.argv from the third on; quotes hold words together")))
    , m_beside(makeField(tr("none"), tr("Scripts with loops of their own, which talk to this one over the network")))
    , m_readable(makeField(
          tr("only the script's folder"), tr("Files and folders the script may read besides, with commas between them; * is all")))
    , m_writable(makeField(tr("nothing"), tr("Files and folders the script may write; without them nothing real is changed; * is all")))
    , m_hosts(makeField(tr("only this machine"), tr("Hosts, or host:port, the script may talk to and listen on; * is all")))
    , m_environment(makeField(tr("all but secrets"), tr("Names of environment variables the script may see besides; * is all")))
    , m_programs(makeField(tr("none"), tr("Programs the script may start, by name or path; * is all")))
    , m_mayDoAll(new QCheckBox(tr("may do e&verything that I may")))
    , m_latencies(new LatencyFields)
    , m_latenciesSaid(new QLabel)
    , m_profileSaid(new QLabel)
{
    setObjectName(QStringLiteral("runChoices"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("How to run the script"));
    setFrameShape(QFrame::StyledPanel);
    const int space = qRound(Theme::current().scaled(8));
    m_pages = new QStackedLayout(this);
    auto *page = new QWidget;
    m_pages->addWidget(page);
    m_pages->addWidget(makeLatencyPage());
    auto *column = new QVBoxLayout(page);
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
    m_latenciesRow = new QWidget;
    auto *layout = new QHBoxLayout(m_latenciesRow);
    layout->setContentsMargins({});
    layout->addWidget(m_latenciesSaid, 1);
    QToolButton *set = makeTextButton(tr("Set…"), tr("How long disk, names and network take"), m_latenciesRow);
    connect(set, &QToolButton::clicked, this, [this] { showLatencies(true); });
    layout->addWidget(set);
    auto *label = new QLabel(tr("&Latencies"));
    label->setBuddy(set);
    form.addRow(label, m_latenciesRow);
}

QWidget *RunChoicesPanel::makeLatencyPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    const int space = qRound(Theme::current().scaled(16));
    column->setContentsMargins(space, space, space, space);
    column->addWidget(makeHead(tr("Latencies of simulated I/O")));
    auto *words = new QLabel(tr("Empty is as usual, which stands behind each field. Write 250us, 2ms, 1.5s, or a range such as 1ms..3ms, "
                                "from which each request draws."));
    words->setWordWrap(true);
    column->addWidget(words);
    column->addWidget(m_latencies, 1);
    m_profileSaid->setWordWrap(true);
    m_profileSaid->hide();
    column->addWidget(m_profileSaid);
    auto *row = new QHBoxLayout;
    const auto add = [&](const QString &text, const QString &tip, auto act) {
        QToolButton *button = makeTextButton(text, tip, page);
        connect(button, &QToolButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    add(tr("Open profile…"), tr("Takes the figures of a JSON file over"), [this] { openProfile(); });
    add(tr("Save as profile…"), tr("Writes these figures into a JSON file, for --latency-profile"), [this] { saveProfile(); });
    add(tr("All as usual"), tr("Empties all fields"), [this] { m_latencies->setProfile({}); });
    row->addStretch(1);
    add(tr("Back"), tr("Back to how the script is run (Escape)"), [this] { showLatencies(false); })->setProperty("main", true);
    column->addLayout(row);
    connect(m_latencies, &LatencyFields::changed, this, &RunChoicesPanel::sayLatencies);
    return page;
}

void RunChoicesPanel::showLatencies(bool areShown)
{
    m_pages->setCurrentIndex(areShown ? 1 : 0);
    if (areShown)
        m_latencies->focusField();
    else
        m_latenciesRow->findChild<QToolButton *>()->setFocus();
}

void RunChoicesPanel::sayLatencies()
{
    int count = 0;
    const QJsonObject profile = m_latencies->profile();
    for (const QJsonValue &section : profile)
        count += static_cast<int>(section.toObject().size());
    m_latenciesSaid->setText(!m_latencies->problem().isEmpty() ? tr("not understood: press Set…")
            : count == 0                                       ? tr("the usual ones")
                                                               : tr("%Ln figure(s) and hosts of their own", nullptr, count));
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
    form.addRow(tr("&Programs"), m_programs);
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
    m_latencies->setProfile(choices.latencies);
    m_arguments->setText(choices.arguments);
    m_beside->setText(joined(choices.beside));
    m_readable->setText(textOf(choices.permissions.read));
    m_writable->setText(textOf(choices.permissions.write));
    m_hosts->setText(textOf(choices.permissions.network));
    m_programs->setText(textOf(choices.permissions.programs));
    m_environment->setText(textOf(choices.permissions.environment));
    m_mayDoAll->setChecked(choices.mayDoAll);
    enableFields();
}

void RunChoicesPanel::enableFields()
{
    const bool isReal = m_real->isChecked();
    const bool asks = !m_mayDoAll->isChecked();
    m_seed->setEnabled(!isReal);
    m_latenciesRow->setEnabled(!isReal);
    m_writable->setEnabled(isReal && asks);
    m_writable->setPlaceholderText(isReal ? tr("nothing") : tr("in memory only: nothing real is changed"));
    for (QWidget *each : std::initializer_list<QWidget *>{m_readable, m_hosts, m_environment, m_programs})
        each->setEnabled(asks);
}

RunChoices RunChoicesPanel::choices() const
{
    RunChoices choices;
    choices.isReal = m_real->isChecked();
    choices.seed = static_cast<quint64>(m_seed->value());
    choices.latencies = m_latencies->profile();
    choices.arguments = m_arguments->text();
    choices.beside = listed(*m_beside);
    choices.permissions = {grantIn(*m_readable), grantIn(*m_writable), grantIn(*m_hosts), grantIn(*m_programs), grantIn(*m_environment)};
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
    else if (event->key() == Qt::Key_Escape && m_pages->currentIndex() > 0)
        showLatencies(false);
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void RunChoicesPanel::take(bool runNow)
{
    m_seed->interpretText();
    if (m_simulated->isChecked() && !m_latencies->problem().isEmpty()) {
        showLatencies(true);
        return;
    }
    const RunChoices taken = choices();
    close();
    Q_EMIT chosen(taken, runNow);
}

void RunChoicesPanel::openProfile()
{
    const QString path = QFileDialog::getOpenFileName(parentWidget(), tr("Latency profile"), {}, tr("Profiles (*.json);;All files (*)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    QJsonParseError error{};
    const QJsonDocument profile = file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll(), &error) : QJsonDocument();
    m_profileSaid->show();
    if (profile.isObject()) {
        m_latencies->setProfile(profile.object());
        m_profileSaid->setText(tr("These are the figures of %1. Later changes of the file are not seen.").arg(path));
    } else {
        m_profileSaid->setText(!file.isOpen() ? tr("%1 cannot be read: %2.").arg(path, file.errorString())
                                              : tr("%1 is no latency profile: %2 at byte %L3. Choose a JSON file with one object.")
                                                    .arg(path, error.errorString())
                                                    .arg(error.offset));
    }
}

void RunChoicesPanel::saveProfile()
{
    const QString path =
        QFileDialog::getSaveFileName(parentWidget(), tr("Save as profile"), QStringLiteral("latencies.json"), tr("Profiles (*.json)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(m_latencies->profile()).toJson()) >= 0 && file.flush();
    m_profileSaid->setText(
        isWritten ? tr("saved as %1").arg(path) : tr("%1 cannot be written: %2. Choose another place.").arg(path, file.errorString()));
    m_profileSaid->show();
}

} // namespace loopscope
