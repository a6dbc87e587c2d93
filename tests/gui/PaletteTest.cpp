// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The palette for everybody's eyes: contrast of each text on each ground it stands on, and kinds that stay apart for colour-blind people.
#include "theme/Palette.h"
#include "theme/StyleSheet.h"

#include <QTest>

#include <array>
#include <cmath>

namespace loopscope {

namespace {

/// Linear light of the three channels, 0 to 1 (IEC 61966-2-1, sRGB).
using Light = std::array<double, 3>;

Light lightOf(const QColor &colour)
{
    const auto channel = [](float value) {
        const double c = static_cast<double>(value);
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return {channel(colour.redF()), channel(colour.greenF()), channel(colour.blueF())};
}

/// Contrast ratio, 1 to 21, as WCAG 2.1 defines it (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio).
double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &colour) {
        const Light light = lightOf(colour);
        return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

using Matrix = std::array<std::array<double, 3>, 3>;

/// How dichromats see, in linear light: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), their matrices of severity 1.0.
constexpr Matrix kProtanopia{{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix kDeuteranopia{{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix kTritanopia{{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
constexpr Matrix kNormal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

Light seenBy(const Matrix &matrix, const Light &light)
{
    Light seen{};
    for (std::size_t row = 0; row < 3; ++row)
        seen[row] = std::clamp(matrix[row][0] * light[0] + matrix[row][1] * light[1] + matrix[row][2] * light[2], 0.0, 1.0);
    return seen;
}

/// CIE 1976 L*a*b* with the white point D65.
Light labOf(const Light &light)
{
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f((0.4124564 * light[0] + 0.3575761 * light[1] + 0.1804375 * light[2]) / 0.95047);
    const double y = f(0.2126729 * light[0] + 0.7151522 * light[1] + 0.0721750 * light[2]);
    const double z = f((0.0193339 * light[0] + 0.1191920 * light[1] + 0.9503041 * light[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(const QColor &one, const QColor &other, const Matrix &eyes)
{
    const Light a = labOf(seenBy(eyes, lightOf(one)));
    const Light b = labOf(seenBy(eyes, lightOf(other)));
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

constexpr double kTextContrast = 4.5; ///< WCAG 2.1, success criterion 1.4.3, level AA
constexpr double kSignContrast = 3.0; ///< 1.4.11: what has to be seen to understand, and is no text
/// In L*a*b* 2.3 is just noticeable (Mahy, Van Eycken and Oosterlinck 1994). Kinds have words beside them; their colours need to be told
/// apart side by side, not from memory.
constexpr double kApart = 8.0;

const std::array kHues{Hue::Timers, Hue::Poll, Hue::Check, Hue::Closing, Hue::Tick, Hue::Microtask, Hue::Script};

} // namespace

class PaletteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textsCanBeRead_data();
    void textsCanBeRead();
    void signsCanBeSeen_data();
    void signsCanBeSeen();
    void kindsStayApart_data();
    void kindsStayApart();
    void kindsHaveTheSameColourInBothThemes();
    void styleSheetKnowsItsColours();
};

void PaletteTest::textsCanBeRead_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const Palette *p : {&Palette::dark(), &Palette::light()}) {
        const char *theme = p->isDark ? "dark" : "light";
        const auto add = [theme](const char *what, const QColor &text, std::initializer_list<QColor> grounds) {
            int number = 0;
            for (const QColor &ground : grounds)
                QTest::addRow("%s, %s, ground %d (%s)", theme, what, ++number, qPrintable(ground.name())) << text << ground;
        };
        // Each text with the grounds it stands on. What is disabled is exempt (1.4.3), and stays readable all the same.
        add("text", p->text, {p->window, p->bar, p->card, p->field, p->chip, p->button, p->buttonHover, p->nowFill});
        add("dim facts and heads", p->dim, {p->window, p->bar, p->card, p->chip});
        add("what is quiet", p->faint, {p->window, p->card, p->field});
        add("links", p->link, {p->window, p->bar, p->card});
        add("selected text", p->accentText, {p->accent});
        add("now as a word", p->nowText, {p->window, p->card});
        add("errors", p->error, {p->errorFill, p->window});
        add("notes", p->caution, {p->cautionFill});
        for (const QColor &code : {p->keyword, p->stringLiteral, p->numberLiteral, p->comment, p->functionName})
            add(qPrintable(QStringLiteral("code %1").arg(code.name())), code, {p->field, p->nowFill});
        for (const Hue hue : kHues)
            add(qPrintable(QStringLiteral("kind %1").arg(static_cast<int>(hue))), p->hueText(hue), {p->window, p->card});
        // Names on the bars of the thread pool, in both themes.
        add("work of a thread", Palette::light().text, {p->hue(Hue::Poll)});
    }
}

void PaletteTest::textsCanBeRead()
{
    QFETCH(const QColor, text);
    QFETCH(const QColor, ground);
    const double ratio = contrast(text, ground);
    QVERIFY2(ratio >= kTextContrast,
        qPrintable(QStringLiteral("%1 on %2: %3, not %4").arg(text.name(), ground.name()).arg(ratio, 0, 'f', 2).arg(kTextContrast)));
}

void PaletteTest::signsCanBeSeen_data()
{
    QTest::addColumn<QColor>("sign");
    QTest::addColumn<QColor>("ground");
    for (const Palette *p : {&Palette::dark(), &Palette::light()}) {
        const QByteArray theme = p->isDark ? "dark " : "light ";
        QTest::newRow(theme + "breakpoint") << p->breakpoint << p->field;
        QTest::newRow(theme + "focus") << p->accent << p->window;
        // Yellow itself is too bright for a light ground; its edge there is dark.
        QTest::newRow(theme + "edge of now") << (p->isDark ? p->now : p->nowText) << p->window;
        QTest::newRow(theme + "edge of now on a card") << (p->isDark ? p->now : p->nowText) << p->card;
    }
}

void PaletteTest::signsCanBeSeen()
{
    QFETCH(const QColor, sign);
    QFETCH(const QColor, ground);
    QVERIFY2(contrast(sign, ground) >= kSignContrast, qPrintable(QString::number(contrast(sign, ground))));
}

void PaletteTest::kindsStayApart_data()
{
    QTest::addColumn<int>("eyes");
    QTest::newRow("trichromats") << 0;
    QTest::newRow("protanopia") << 1;
    QTest::newRow("deuteranopia") << 2;
    QTest::newRow("tritanopia") << 3;
}

void PaletteTest::kindsStayApart()
{
    QFETCH(const int, eyes);
    const std::array matrices{kNormal, kProtanopia, kDeuteranopia, kTritanopia};
    const Matrix &matrix = matrices.at(static_cast<std::size_t>(eyes));
    const Palette &p = Palette::dark();
    std::vector<std::pair<QString, QColor>> colours{{QStringLiteral("now"), p.now}};
    for (const Hue hue : kHues)
        colours.emplace_back(QStringLiteral("kind %1").arg(static_cast<int>(hue)), p.hue(hue));
    for (std::size_t i = 0; i < colours.size(); ++i) {
        for (std::size_t k = i + 1; k < colours.size(); ++k) {
            const double apart = difference(colours[i].second, colours[k].second, matrix);
            QVERIFY2(apart >= kApart, qPrintable(QStringLiteral("%1 and %2: %3").arg(colours[i].first, colours[k].first).arg(apart)));
        }
    }
}

void PaletteTest::kindsHaveTheSameColourInBothThemes()
{
    for (const Hue hue : kHues)
        QCOMPARE(Palette::light().hue(hue), Palette::dark().hue(hue));
    QCOMPARE(Palette::light().now, Palette::dark().now);
}

/// A name that stands for no colour would make a rule of the sheet void, without a word.
void PaletteTest::styleSheetKnowsItsColours()
{
    for (const Palette *palette : {&Palette::dark(), &Palette::light()})
        QVERIFY(!styleSheet(*palette, 100).contains(QLatin1Char('@')));
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::PaletteTest)
#include "PaletteTest.moc"
