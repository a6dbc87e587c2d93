// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace loopscope {

/// What the colours of a picture stand for, in words, in one line; what has no room is left out from the end.
class ColourLegend : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        QString word;
        std::function<QColor()> colour; ///< asked whenever it is painted, as the theme may change
    };

    explicit ColourLegend(QWidget *parent = nullptr);
    void setEntries(std::vector<Entry> entries);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int widthOf(const Entry &entry) const;

    std::vector<Entry> m_entries;
};

} // namespace loopscope
