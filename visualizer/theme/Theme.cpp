// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Theme.h"

#include "theme/StyleSheet.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>

#include <algorithm>

namespace loopscope {

namespace {

QPalette toQPalette(const Palette &p)
{
    QPalette q;
    q.setColor(QPalette::Window, p.window);
    q.setColor(QPalette::WindowText, p.text);
    q.setColor(QPalette::Base, p.field);
    q.setColor(QPalette::AlternateBase, p.card);
    q.setColor(QPalette::ToolTipBase, p.card);
    q.setColor(QPalette::ToolTipText, p.text);
    q.setColor(QPalette::PlaceholderText, p.faint);
    q.setColor(QPalette::Text, p.text);
    q.setColor(QPalette::Button, p.button);
    q.setColor(QPalette::ButtonText, p.text);
    q.setColor(QPalette::BrightText, p.error);
    q.setColor(QPalette::Highlight, p.accent);
    q.setColor(QPalette::HighlightedText, p.accentText);
    q.setColor(QPalette::Link, p.link);
    q.setColor(QPalette::Light, p.buttonHover);
    q.setColor(QPalette::Mid, p.line);
    q.setColor(QPalette::Dark, p.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        q.setColor(QPalette::Disabled, role, p.faint);
    return q;
}

} // namespace

Theme &Theme::current()
{
    static Theme theme;
    return theme;
}

void Theme::install(QApplication &application)
{
    m_application = &application;
    const QPalette desktop = application.palette();
    m_systemIsDark = desktop.color(QPalette::Window).lightness() < desktop.color(QPalette::WindowText).lightness();
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
}

void Theme::setChoice(Choice choice)
{
    m_choice = choice;
    apply();
}

void Theme::setZoom(int percent)
{
    m_zoom = std::clamp(percent, 60, 300);
    apply();
}

QFont Theme::font(TextRole role) const
{
    QFont font;
    const bool mono = role == TextRole::Code || role == TextRole::SmallCode;
    if (mono) {
        font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")});
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
    } else {
        font.setFamilies(
            {QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")});
        font.setStyleHint(QFont::SansSerif);
    }
    qreal size = 13;
    switch (role) {
    case TextRole::Words:
        break;
    case TextRole::Strong:
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Head:
        size = 11;
        font.setWeight(QFont::DemiBold);
        font.setCapitalization(QFont::AllUppercase);
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.4);
        break;
    case TextRole::Fact:
        size = 11;
        break;
    case TextRole::Code:
        size = 12;
        break;
    case TextRole::SmallCode:
        size = 10;
        break;
    }
    font.setPixelSize(std::max(6, qRound(scaled(size))));
    return font;
}

void Theme::apply()
{
    const bool dark = m_choice == Choice::Dark || (m_choice == Choice::FollowSystem && m_systemIsDark);
    m_palette = dark ? &Palette::dark() : &Palette::light();
    if (m_application != nullptr) {
        QApplication::setPalette(toQPalette(*m_palette));
        QApplication::setFont(font(TextRole::Words));
        m_application->setStyleSheet(styleSheet(*m_palette, m_zoom));
    }
    Q_EMIT changed();
}

} // namespace loopscope
