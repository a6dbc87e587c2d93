// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/FollowCard.h"

#include "servers/FollowView.h"
#include "servers/LabRecord.h"
#include "servers/ModelLook.h"
#include "servers/RequestChoice.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace loopscope {

FollowCard::FollowCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_again(makeTextButton(tr("Run again to follow it"), tr("The run told nothing of this request: run it again, and follow it"), this))
    , m_choose(makeTextButton(tr("Choose") + QStringLiteral(" ▾"), tr("Choose a request by what it was like"), this))
    , m_menu(new QMenu(m_choose))
    , m_fieldLabel(new QLabel(tr("&request"), this))
    , m_field(new QLineEdit(this))
    , m_view(new FollowView(this))
{
    setObjectName(QStringLiteral("labCard"));
    m_title->setObjectName(QStringLiteral("labCardTitle"));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // gives way where text is large
    m_fieldLabel->setObjectName(QStringLiteral("labFact"));
    m_fieldLabel->setBuddy(m_field);
    m_field->setPlaceholderText(tr("number"));
    m_field->setAccessibleName(tr("Number of the request to follow"));
    m_field->setValidator(new QIntValidator(1, 2'000'000'000, m_field));
    m_choose->setPopupMode(QToolButton::InstantPopup);
    m_choose->setMenu(m_menu);
    m_again->hide();
    m_view->hide(); // without a request the head says all
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    for (QWidget *each : {static_cast<QWidget *>(m_again), static_cast<QWidget *>(m_choose), static_cast<QWidget *>(m_fieldLabel),
             static_cast<QWidget *>(m_field)})
        head->addWidget(each);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 9, 12, 9);
    layout->addLayout(head);
    layout->addWidget(m_view);
    connect(m_menu, &QMenu::aboutToShow, this, &FollowCard::fillMenu);
    connect(m_again, &QToolButton::clicked, this, &FollowCard::runAgainRequested);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { choose(m_field->text().toLongLong()); });
    connect(&Theme::current(), &Theme::changed, this, &FollowCard::applyTheme);
    applyTheme();
    showTitle();
}

void FollowCard::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    applyTheme(); // the style sheet, which comes with the first showing, undoes fonts
}

void FollowCard::applyTheme()
{
    m_title->setFont(Theme::current().font(Theme::TextRole::Strong));
    m_fieldLabel->setFont(Theme::current().font(Theme::TextRole::Fact));
    m_field->setFixedWidth(qRound(Theme::current().scaled(84)));
}

qint64 FollowCard::request() const { return m_view->request(); }

void FollowCard::setRecord(const LabRecord *record)
{
    m_record = record;
    m_view->setRecord(record);
    showTitle();
}

void FollowCard::setRequest(qint64 number)
{
    m_view->setRequest(number);
    m_view->setVisible(number > 0);
    m_field->setText(number > 0 ? QString::number(number) : QString());
    showTitle();
}

void FollowCard::refresh()
{
    m_view->refresh();
    showTitle();
}

void FollowCard::showTitle()
{
    QString route;
    bool isUntold = false;
    bool isOver = m_record != nullptr && !m_record->isEmpty();
    if (m_record != nullptr && request() > 0) {
        for (const auto &model : m_record->models()) {
            const auto found = model->requests.find(request());
            if (found != model->requests.end())
                route = found->second.route;
            isOver = isOver && model->isOver();
            isUntold = isUntold || (model->result && found == model->requests.end() && request() <= model->arrivals);
        }
    }
    m_title->setText(request() == 0 ? tr("follow one request through all models: click in a lane or a chart, or type its number")
            : route.isEmpty()       ? tr("request %L1, followed through all models").arg(request())
                                    : tr("request %L1 (%2), followed through all models").arg(request()).arg(route));
    m_title->setToolTip(m_title->text());
    m_again->setVisible(isUntold && isOver);
    m_choose->setEnabled(m_record != nullptr && !m_record->isEmpty());
}

void FollowCard::fillMenu()
{
    m_menu->clear();
    if (m_record == nullptr)
        return;
    const RequestChoice choice(*m_record);
    const auto add = [this](const QString &words, qint64 number) {
        connect(m_menu->addAction(words), &QAction::triggered, this, [this, number] { choose(number); });
    };
    if (const qint64 number = choice.mostDifferent(); number > 0)
        add(tr("Where models differ &most: request %L1").arg(number), number);
    for (const auto &model : m_record->models()) {
        if (choice.atShare(*model, 1) == 0)
            continue;
        m_menu->addSection(nameOf(model->model));
        const std::pair<double, QString> shares[] = {{1, tr("Slowest")}, {0.9, tr("Slower than 90 %")}, {0.5, tr("Median")}};
        for (const auto &[share, words] : shares) {
            const qint64 number = choice.atShare(*model, share);
            add(tr("%1: request %L2, %3").arg(words).arg(number).arg(formatSeconds(model->requests.at(number).latency)), number);
        }
    }
    if (m_menu->isEmpty())
        m_menu->addAction(tr("No request has been told by all models yet"))->setEnabled(false);
}

void FollowCard::choose(qint64 number)
{
    if (number > 0)
        Q_EMIT requestChosen(number);
}

void FollowCard::chooseIfNone()
{
    if (request() == 0 && m_record != nullptr)
        setRequest(RequestChoice(*m_record).mostDifferent());
}

void FollowCard::chooseByLatency(const ModelRecord &model, double seconds)
{
    if (m_record != nullptr)
        choose(RequestChoice(*m_record).nearest(model, seconds));
}

void FollowCard::chooseByArrival(double from, double to)
{
    if (m_record != nullptr)
        choose(RequestChoice(*m_record).slowestOf(from, to));
}

} // namespace loopscope
