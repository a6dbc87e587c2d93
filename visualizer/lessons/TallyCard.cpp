// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/TallyCard.h"

#include "lessons/TextLook.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSpinBox>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int kBar = 10; ///< px at 100 %

/// How many hands, as a bar of all of them. The number stands beside it, so it says nothing by itself.
class HandsBar : public QWidget
{
public:
    HandsBar(const Tally &tally, int answer, QWidget *parent)
        : QWidget(parent)
        , m_tally(tally)
        , m_answer(answer)
    {
    }
    QSize sizeHint() const override { return {100, qRound(Theme::current().scaled(kBar))}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const Palette &p = Theme::current().palette();
        const qreal round = height() / 2.0;
        painter.setBrush(p.track);
        painter.drawRoundedRect(rect(), round, round);
        painter.setBrush(p.link);
        const qreal part = width() * m_tally.percent(m_answer) / 100.0;
        if (part > 0)
            painter.drawRoundedRect(QRectF(0, 0, part, height()), round, round);
    }

private:
    const Tally &m_tally;
    int m_answer;
};

} // namespace

TallyCard::TallyCard(QWidget *parent)
    : QFrame(parent)
    , m_question(new QLabel(this))
    , m_rows(new QVBoxLayout)
{
    setObjectName(QStringLiteral("labCard"));
    m_question->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_question);
    layout->addLayout(m_rows);
    connect(&Theme::current(), &Theme::changed, this, &TallyCard::applyTheme);
    applyTheme();
    hide();
}

void TallyCard::applyTheme()
{
    const Theme &theme = Theme::current();
    const int side = qRound(theme.scaled(12));
    layout()->setContentsMargins(side, side, side, side);
    layout()->setSpacing(qRound(theme.scaled(8)));
    m_question->setFont(theme.font(Theme::TextRole::Strong));
    for (const auto &[bar, said] : std::as_const(m_bars)) {
        bar->setFixedHeight(qRound(theme.scaled(kBar)));
        said->setFont(theme.font(Theme::TextRole::Fact));
    }
}

void TallyCard::clear()
{
    qDeleteAll(m_parts);
    m_parts.clear();
    m_fields.clear();
    m_bars.clear();
    m_right = -1;
    m_isRevealed = false;
}

void TallyCard::ask(const QString &question, const QStringList &answers, bool isCode)
{
    clear();
    m_tally = Tally(answers);
    m_question->setText(question);
    const TextLook look = TextLook::ofTheme();
    for (int answer = 0; answer < answers.size(); ++answer) {
        auto *row = new QWidget(this);
        auto *line = new QHBoxLayout;
        auto *name = new QLabel(row);
        const QString text = answers.at(answer);
        name->setTextFormat(Qt::RichText);
        name->setWordWrap(true);
        name->setText(isCode ? lineToHtml(u'`' + QString(text).remove(u'`') + u'`', look) : lineToHtml(text, look));
        auto *hands = new QSpinBox(row);
        hands->setRange(0, Tally::mostHands);
        hands->setAccessibleName(tr("Hands for: %1").arg(isCode ? text : lineToPlain(text)));
        connect(hands, &QSpinBox::valueChanged, this, [this, answer](int count) {
            m_tally.setHands(answer, count);
            if (m_isRevealed)
                reveal(m_right);
        });
        line->addWidget(name, 1);
        line->addWidget(hands);
        auto *column = new QVBoxLayout(row);
        column->setContentsMargins(0, 0, 0, 0);
        column->addLayout(line);
        auto *bar = new HandsBar(m_tally, answer, row);
        auto *said = new QLabel(row);
        said->setObjectName(QStringLiteral("labFact"));
        said->hide();
        bar->hide();
        column->addWidget(bar);
        column->addWidget(said);
        m_rows->addWidget(row);
        m_parts << row;
        m_fields << hands;
        m_bars.append({bar, said});
    }
    applyTheme();
    show();
}

QStringList TallyCard::said() const
{
    QStringList all;
    for (int answer = 0; answer < m_tally.answers().size(); ++answer) {
        const QString count = tr("%L1 of %L2 hands (%3 %)").arg(m_tally.hands(answer)).arg(m_tally.total()).arg(m_tally.percent(answer));
        all << (m_isRevealed && answer == m_right ? tr("%1 · ✓ this is what the run did").arg(count) : count);
    }
    return all;
}

void TallyCard::reveal(int right)
{
    m_isRevealed = true;
    m_right = right;
    const QStringList texts = said();
    for (int answer = 0; answer < texts.size(); ++answer) {
        const auto &[bar, label] = m_bars.at(answer);
        bar->show();
        bar->update();
        label->setText(texts.at(answer));
        label->show();
    }
}

} // namespace loopscope
