// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Shots.h"

#include "theme/Theme.h"

#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPixmap>
#include <QSet>
#include <QTest>
#include <QToolButton>

namespace loopscope {

namespace {

/// True if the picture has more than a ground and a frame.
bool showsSomething(const QImage &picture, const QRect &part)
{
    QSet<QRgb> colours;
    for (int y = part.top(); y <= part.bottom(); y += 2) {
        for (int x = part.left(); x <= part.right(); x += 2)
            colours.insert(picture.pixel(x, y));
    }
    return colours.size() > 3;
}

/// Labels and buttons in sight with less room than their text needs. Notes in heads may be cut: they are told again in the views.
QStringList cutTexts(const QWidget &window)
{
    QStringList cut;
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        const bool isFree = label->wordWrap() || label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored || label->text().isEmpty();
        if (!label->visibleRegion().isEmpty() && !isFree && label->sizeHint().width() > label->width() + 1)
            cut << QStringLiteral("label \"%1\": %2 of %3 px").arg(label->text()).arg(label->width()).arg(label->sizeHint().width());
        if (!label->visibleRegion().isEmpty() && label->wordWrap() && label->heightForWidth(label->width()) > label->height() + 1)
            cut << QStringLiteral("lines of the label \"%1\": %2 of %3 px")
                       .arg(label->text())
                       .arg(label->height())
                       .arg(label->heightForWidth(label->width()));
    }
    for (const QToolButton *button : window.findChildren<QToolButton *>()) {
        if (!button->visibleRegion().isEmpty() && !button->text().isEmpty() && button->sizeHint().width() > button->width() + 1)
            cut << QStringLiteral("button \"%1\": %2 of %3 px").arg(button->text()).arg(button->width()).arg(button->sizeHint().width());
    }
    return cut;
}

} // namespace

void Shots::begin(const QString &folder)
{
    m_folder = QDir(folder);
    m_folder.removeRecursively();
    m_folder.mkpath(QStringLiteral("."));
    m_rows.clear();
}

QStringList Shots::shoot(QWidget &window, const QString &name, const QString &caption)
{
    QStringList wrong;
    QString row = QStringLiteral("<h2>%1</h2>\n").arg(caption.toHtmlEscaped());
    for (const auto &[choice, theme] :
        {std::pair(Theme::Choice::Dark, QStringLiteral("dark")), std::pair(Theme::Choice::Light, QStringLiteral("light"))}) {
        Theme::current().setChoice(choice);
        QTest::qWait(60);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // of what changed just now
        const QString file = QStringLiteral("%1-%2.png").arg(name, theme);
        const QImage picture = window.grab().toImage();
        if (!picture.save(m_folder.filePath(file)))
            wrong << file + QStringLiteral(" cannot be written");
        row += QStringLiteral("<a href=\"%1\"><img src=\"%1\" alt=\"%2, %3\"></a>\n").arg(file, caption.toHtmlEscaped(), theme);
        if (!showsSomething(picture, picture.rect()))
            wrong << file + QStringLiteral(" is blank");
        for (const QDockWidget *dock : window.findChildren<QDockWidget *>()) {
            if (dock->isVisible() && !dock->visibleRegion().isEmpty()
                && !showsSomething(picture, QRect(dock->mapTo(&window, QPoint()), dock->size()) & picture.rect()))
                wrong << file + QStringLiteral(": blank is ") + dock->objectName();
        }
        for (const QString &cut : cutTexts(window))
            wrong << file + QStringLiteral(": cut is ") + cut;
    }
    m_rows << row;
    return wrong;
}

bool Shots::writeIndex(const QString &title) const
{
    QFile index(m_folder.filePath(QStringLiteral("index.html")));
    if (!index.open(QIODevice::WriteOnly))
        return false;
    index.write(QStringLiteral("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>%1</title>\n").arg(title).toUtf8()
        + "<style>body { font-family: sans-serif; margin: 2em; background: #888; } img { width: 48%; margin: 0.5%; }</style>\n"
        + m_rows.join(QLatin1Char('\n')).toUtf8());
    qInfo("%lld states, to look through: %s", static_cast<long long>(m_rows.size()), qPrintable(index.fileName()));
    return true;
}

} // namespace loopscope
