// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LatencyFields.h"

#include "io/LatencyProfile.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

/// Those that scripts use most; a profile with others gets fields for them.
const QStringList kOperations = {QStringLiteral("readFile"), QStringLiteral("writeFile"), QStringLiteral("appendFile"),
    QStringLiteral("open"), QStringLiteral("read"), QStringLiteral("write"), QStringLiteral("close"), QStringLiteral("stat"),
    QStringLiteral("readdir"), QStringLiteral("mkdir"), QStringLiteral("unlink"), QStringLiteral("rename"), QStringLiteral("rm"),
    QStringLiteral("copyFile"), QStringLiteral("fsync"), QStringLiteral("*")};

QString timeText(const LatencyRange &range) { return LatencyFields::timeText(range.least, range.most); }

/// As it stands in the field.
QString textOf(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &each : array)
            parts << each.toString();
        return parts.join(QStringLiteral(", "));
    }
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 12) : value.toString();
}

QJsonValue valueOf(const QString &text, bool isList)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (isNumber)
        return number;
    if (!isList || !text.contains(u','))
        return text;
    QJsonArray parts;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts))
        parts.append(part.trimmed());
    return parts;
}

/// Sets or, if the text is empty, takes away what is under a name.
void put(QJsonObject &object, const QString &key, const QJsonValue &value)
{
    const bool isEmpty = (value.isString() && value.toString().isEmpty()) || (value.isObject() && value.toObject().isEmpty());
    if (isEmpty)
        object.remove(key);
    else
        object.insert(key, value);
}

} // namespace

QString LatencyFields::timeText(quint64 leastNanoseconds, quint64 mostNanoseconds)
{
    constexpr double microsecond = 1e3;
    constexpr double millisecond = 1e6;
    const bool isShort = mostNanoseconds < static_cast<quint64>(millisecond);
    const double unit = isShort ? microsecond : millisecond;
    const QString name = isShort ? QStringLiteral("us") : QStringLiteral("ms");
    const QString least = QString::number(static_cast<double>(leastNanoseconds) / unit) + name;
    const QString most = QString::number(static_cast<double>(mostNanoseconds) / unit) + name;
    return least == most ? most : least + QStringLiteral("..") + most;
}

QString LatencyFields::Field::path() const
{
    return host != nullptr ? QStringLiteral("%1.%2.%3").arg(section, host->text().trimmed(), key)
                           : QStringLiteral("%1.%2").arg(section, key);
}

LatencyFields::LatencyFields(QWidget *parent)
    : QWidget(parent)
    , m_complaint(new QLabel(this))
{
    const NetworkProfile network;
    auto *page = new QWidget;
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(0, 0, qRound(Theme::current().scaled(8)), 0);
    m_column->setSpacing(qRound(Theme::current().scaled(8)));
    m_disk = addSection(tr("Disk"), tr("How long a file operation keeps a thread of the pool busy"));
    for (const QString &operation : kOperations)
        addDiskField(operation);
    QFormLayout *names = addSection(tr("Names"), {});
    addField(*names, QStringLiteral("dns"), QStringLiteral("lookup"), tr("dns.lookup, on the pool"), loopscope::timeText(network.lookup));
    addField(
        *names, QStringLiteral("dns"), QStringLiteral("query"), tr("dns.resolve, by a name server"), loopscope::timeText(network.query));
    QFormLayout *loopback = addSection(tr("This machine"), tr("Between sockets at localhost"));
    addLink(*loopback, QStringLiteral("loopback"), loopscope::timeText(network.loopback.roundTrip), nullptr);
    QFormLayout *buffers = addSection(tr("Buffers of a socket"), tr("In bytes; what does not fit waits"));
    addField(*buffers, QStringLiteral("buffers"), QStringLiteral("send"), tr("Send"), QString::number(network.sendBuffer));
    addField(*buffers, QStringLiteral("buffers"), QStringLiteral("receive"), tr("Receive"), QString::number(network.receiveBuffer));
    addSection(
        tr("Other hosts"), tr("A database, another service: names and addresses that the script can reach, each with a line of its own"));
    m_hosts = new QVBoxLayout;
    m_column->addLayout(m_hosts);
    auto *add = makeTextButton(tr("Add a host"), tr("Another host that the script can reach"), page);
    connect(add, &QToolButton::clicked, this, [this] {
        addHost({}, {});
        m_fields.constLast().host->setFocus();
    });
    m_column->addWidget(add, 0, Qt::AlignLeft);
    m_column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    for (QWidget *each : std::initializer_list<QWidget *>{scroll->viewport(), page})
        each->setAutoFillBackground(false);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_complaint->setWordWrap(true);
    m_complaint->setStyleSheet(QStringLiteral("color: %1").arg(Theme::current().palette().error.name()));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(scroll, 1);
    layout->addWidget(m_complaint);
    check();
}

QFormLayout *LatencyFields::addSection(const QString &title, const QString &note)
{
    auto *head = new QLabel(title);
    head->setFont(Theme::current().font(Theme::TextRole::Strong));
    m_column->addWidget(head);
    if (!note.isEmpty()) {
        auto *words = new QLabel(note);
        words->setWordWrap(true);
        words->setFont(Theme::current().font(Theme::TextRole::Fact));
        m_column->addWidget(words);
    }
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(qRound(Theme::current().scaled(16)));
    m_column->addLayout(form);
    return form;
}

QLineEdit *LatencyFields::addField(
    QFormLayout &form, const QString &section, const QString &key, const QString &label, const QString &usual)
{
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(usual);
    edit->setAccessibleName(label);
    edit->setMinimumWidth(qRound(Theme::current().scaled(150)));
    connect(edit, &QLineEdit::textChanged, this, &LatencyFields::check);
    form.addRow(label, edit);
    m_fields.append({section, key, edit, nullptr});
    return edit;
}

void LatencyFields::addDiskField(const QString &operation)
{
    const bool isRest = operation == QLatin1String("*");
    addField(*m_disk, QStringLiteral("disk"), operation, isRest ? tr("all others") : operation,
        isRest ? tr("as usual for each") : loopscope::timeText(latencyRange(operation)));
}

void LatencyFields::addLink(QFormLayout &form, const QString &section, const QString &roundTrip, QLineEdit *host)
{
    const std::tuple<QString, QString, QString> fields[] = {{QStringLiteral("roundTrip"), tr("Round trip"), roundTrip},
        {QStringLiteral("connect"), tr("Connecting"), tr("a round trip")},
        {QStringLiteral("bandwidth"), tr("Bandwidth"), tr("without limit; or 20Mbit/s, 100MB/s")},
        {QStringLiteral("loss"), tr("Loss of packets"), QStringLiteral("0%")}};
    for (const auto &[key, label, usual] : fields) {
        addField(form, section, key, label, usual);
        m_fields.last().host = host;
    }
}

void LatencyFields::addHost(const QString &name, const QJsonObject &host)
{
    auto *block = new QWidget;
    auto *form = new QFormLayout(block);
    form->setContentsMargins({});
    form->setHorizontalSpacing(qRound(Theme::current().scaled(16)));
    auto *row = new QHBoxLayout;
    auto *title = new QLineEdit(name);
    title->setPlaceholderText(QStringLiteral("database.example"));
    title->setAccessibleName(tr("Name of the host"));
    connect(title, &QLineEdit::textChanged, this, &LatencyFields::check);
    QToolButton *remove = makeTextButton(tr("Remove"), tr("Take this host away"), block);
    row->addWidget(title, 1);
    row->addWidget(remove);
    form->addRow(tr("Name"), row);
    addField(*form, QStringLiteral("hosts"), QStringLiteral("address"), tr("Address"), QStringLiteral("10.0.0.5"));
    m_fields.last().host = title;
    constexpr quint64 millisecond = 1'000'000;
    addLink(*form, QStringLiteral("hosts"), timeText(millisecond, 3 * millisecond), title);
    for (const Field &field : std::as_const(m_fields)) {
        if (field.host == title)
            field.edit->setText(textOf(host.value(field.key)));
    }
    connect(remove, &QToolButton::clicked, this, [this, title, block] { removeHost(title, block); });
    m_hosts->addWidget(block);
    check();
}

void LatencyFields::removeHost(QLineEdit *host, QWidget *block)
{
    m_fields.removeIf([host](const Field &field) { return field.host == host; });
    m_wrong = nullptr;
    delete block;
    check();
}

QJsonObject LatencyFields::profile() const
{
    QJsonObject profile = m_given;
    const QJsonObject givenHosts = m_given.value(QStringLiteral("hosts")).toObject();
    QJsonObject hosts;
    for (const Field &field : m_fields) {
        const QJsonValue value = valueOf(field.edit->text().trimmed(), field.key == QLatin1String("address"));
        if (field.host != nullptr) {
            const QString name = field.host->text().trimmed();
            QJsonObject host = hosts.contains(name) ? hosts.value(name).toObject() : givenHosts.value(name).toObject();
            put(host, field.key, value);
            if (!name.isEmpty() || !host.isEmpty())
                hosts.insert(name, host);
            continue;
        }
        QJsonObject section = profile.value(field.section).toObject();
        put(section, field.key, value);
        put(profile, field.section, section);
    }
    put(profile, QStringLiteral("hosts"), hosts);
    return profile;
}

void LatencyFields::setProfile(const QJsonObject &profile)
{
    m_given = profile;
    for (const QString &operation : profile.value(QStringLiteral("disk")).toObject().keys()) {
        const bool hasField = std::any_of(m_fields.cbegin(), m_fields.cend(),
            [&](const Field &field) { return field.section == QLatin1String("disk") && field.key == operation; });
        if (!hasField)
            addDiskField(operation);
    }
    while (m_hosts->count() > 0) {
        const QLayoutItem *item = m_hosts->itemAt(0);
        QLineEdit *name = item->widget()->findChild<QLineEdit *>();
        const auto of =
            std::find_if(m_fields.cbegin(), m_fields.cend(), [&](const Field &field) { return item->widget()->isAncestorOf(field.edit); });
        removeHost(of != m_fields.cend() ? of->host : name, item->widget());
    }
    for (const Field &field : std::as_const(m_fields))
        field.edit->setText(textOf(profile.value(field.section).toObject().value(field.key)));
    const QJsonObject hosts = profile.value(QStringLiteral("hosts")).toObject();
    for (auto host = hosts.begin(); host != hosts.end(); ++host)
        addHost(host.key(), host.value().toObject());
    check();
}

void LatencyFields::check()
{
    const QJsonObject given = profile();
    QString problem;
    LatencyProfile::parse(QJsonDocument(given).toJson(), &problem);
    QLineEdit *wrong = nullptr;
    if (given.value(QStringLiteral("hosts")).toObject().contains(QString()))
        problem = tr("A host has no name: give it one, such as database.example, or remove it.");
    for (const Field &field : std::as_const(m_fields)) {
        const bool isNameless = field.host != nullptr && field.host->text().trimmed().isEmpty() && !problem.isEmpty();
        if (wrong == nullptr && (isNameless || problem.startsWith(field.path() + u':')))
            wrong = isNameless ? field.host : field.edit;
    }
    if (m_wrong != nullptr && m_wrong != wrong)
        m_wrong->setStyleSheet({});
    if (wrong != nullptr && m_wrong != wrong)
        wrong->setStyleSheet(QStringLiteral("border: 1px solid %1").arg(Theme::current().palette().error.name()));
    m_wrong = wrong;
    m_problem = problem;
    m_complaint->setText(problem);
    m_complaint->setVisible(!problem.isEmpty());
    Q_EMIT changed();
}

void LatencyFields::focusField()
{
    QLineEdit *field = m_wrong != nullptr ? m_wrong : m_fields.constFirst().edit;
    field->setFocus();
    field->selectAll();
}

} // namespace loopscope
