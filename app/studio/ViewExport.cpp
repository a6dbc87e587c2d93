// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ViewExport.h"

#include "editor/QScintilla.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QScopeGuard>
#include <QSvgGenerator>
#include <QWidget>

namespace loopscope {

namespace {

/// Scintilla draws lines into pictures first, which an SVG would hold as such.
void setDrawsThroughPictures(QWidget &view, bool isBuffered)
{
    QList<QsciScintillaBase *> editors = view.findChildren<QsciScintillaBase *>();
    if (auto *itself = qobject_cast<QsciScintillaBase *>(&view))
        editors.append(itself);
    for (QsciScintillaBase *editor : editors)
        editor->SendScintilla(QsciScintillaBase::SCI_SETBUFFEREDDRAW, isBuffered ? 1UL : 0UL);
}

bool writeSvg(QWidget &view, QSaveFile &file)
{
    setDrawsThroughPictures(view, false);
    const auto guard = qScopeGuard([&view] { setDrawsThroughPictures(view, true); });
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(view.size());
    generator.setViewBox(view.rect());
    generator.setResolution(view.logicalDpiX());
    generator.setTitle(view.accessibleName().isEmpty() ? view.windowTitle() : view.accessibleName());
    QPainter painter;
    if (!painter.begin(&generator))
        return false;
    view.render(&painter, QPoint(), QRegion(), QWidget::DrawWindowBackground | QWidget::DrawChildren);
    return painter.end();
}

} // namespace

QImage ViewExport::picture(QWidget &view, qreal scale)
{
    QImage image((QSizeF(view.size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(view.palette().color(QPalette::Window));
    view.render(&image);
    return image;
}

QString ViewExport::write(QWidget &view, const QString &path, qreal scale)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg"))
        return tr("A view can be saved as .png or .svg, not as \"%1\". Give the file one of these endings.")
            .arg(QFileInfo(path).fileName());
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && (suffix == QLatin1String("svg") ? writeSvg(view, file) : picture(view, scale).save(&file, "PNG")) && file.commit();
    if (isWritten)
        return {};
    return tr("%1 cannot be written: %2. Choose another place.").arg(QDir::toNativeSeparators(path), file.errorString());
}

QString ViewExport::fileFilter() { return tr("PNG picture (*.png);;SVG drawing (*.svg)"); }

} // namespace loopscope
