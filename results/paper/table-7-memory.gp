# Memory by method, published above ours; ours stacked by category. Data: table-7-memory.dat
set terminal svg size 860,616 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-7-memory.svg'
set multiplot
unset key
set border 1 lc rgb '#444444'
set tics nomirror
set grid xtics lc rgb '#dddddd' lt 1
unset ytics
set label 901 'SLTrain with larger δ' at screen 0.01628,0.96753 font ',15'
set object 902 rectangle from screen 0.01628,0.91883 to screen 0.04186,0.93831 fc rgb '#0072B2' fs solid noborder front
set label 902 'weights' at screen 0.04884,0.92857 font ',12' left
set object 904 rectangle from screen 0.12581,0.91883 to screen 0.15140,0.93831 fc rgb '#000000' fs solid noborder front
set label 904 'sparse index' at screen 0.15837,0.92857 font ',12' left
set object 906 rectangle from screen 0.27372,0.91883 to screen 0.29930,0.93831 fc rgb '#A6D8F5' fs solid noborder front
set label 906 'gradients' at screen 0.30628,0.92857 font ',12' left
set object 908 rectangle from screen 0.39860,0.91883 to screen 0.42419,0.93831 fc rgb '#D55E00' fs solid noborder front
set label 908 'optimizer state' at screen 0.43116,0.92857 font ',12' left
set object 910 rectangle from screen 0.56953,0.91883 to screen 0.59512,0.93831 fc rgb '#7FD1B5' fs solid noborder front
set label 910 'activations' at screen 0.60209,0.92857 font ',12' left
set object 912 rectangle from screen 0.70977,0.91883 to screen 0.73535,0.93831 fc rgb '#8F3B6B' fs solid noborder front
set label 912 'workspace' at screen 0.74233,0.92857 font ',12' left
set object 914 rectangle from screen 0.01628,0.88636 to screen 0.04186,0.90584 fc rgb '#777777' fs solid noborder front
set object 915 rectangle from screen 0.01628,0.88636 to screen 0.04186,0.90584 fc rgb '#ffffff' fs transparent pattern 5 noborder front
set label 914 'here, predicted and not run' at screen 0.04884,0.89610 font ',12' left
set lmargin at screen 0.16035; set rmargin at screen 0.87209
set bmargin at screen 0.51623; set tmargin at screen 0.81494
set label 101 '350M' at screen 0.01628,0.83766 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:41.48274315264]; set yrange [4:0]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0, '40' 40.0)
set label 1 'Full-Rank' at screen 0.14872,0.77760 right
set label 201 '40.67 predicted' at 40.669356032,0.5 left offset 0.4,0 font ',11' front
set label 2 'SLTrain, δ = 0.03' at screen 0.14872,0.70292 right
set label 202 '39.31 predicted' at 39.310317104,1.5 left offset 0.4,0 font ',11' front
set label 3 'SLTrain, δ = 0.05' at screen 0.14872,0.62825 right
set label 203 '39.37 predicted' at 39.370793744,2.5 left offset 0.4,0 font ',11' front
set label 4 'SLTrain, δ = 0.1' at screen 0.14872,0.55357 right
set label 204 '39.52 predicted' at 39.521985344,3.5 left offset 0.4,0 font ',11' front
plot 'table-7-memory.dat' index 0 using ((0)/1000000000.0):($0+0.28):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5)/1000000000.0):($0+0.28):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6)/1000000000.0):($0+0.28):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6+$7)/1000000000.0):($0+0.28):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using (0):($0+0.28):(0):(($4 > 0 ? $3/1000000000.0 : NaN)):($0+0.28):($0+0.72) with boxxyerror fc rgb '#ffffff' fs transparent pattern 5 noborder
unset label; unset object
set lmargin at screen 0.16035; set rmargin at screen 0.87209
set bmargin at screen 0.08442; set tmargin at screen 0.38312
set label 101 '1B' at screen 0.01628,0.40584 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:30.15052787712]; set yrange [4:0]
set xtics ('0' 0.0, '5' 5.0, '10' 10.0, '15' 15.0, '20' 20.0, '25' 25.0, '30' 30.0)
set label 1 'Full-Rank' at screen 0.14872,0.34578 right
set label 201 '29.56 predicted' at 29.559341056,0.5 left offset 0.4,0 font ',11' front
set label 2 'SLTrain, δ = 0.03' at screen 0.14872,0.27110 right
set label 202 '24.13 predicted' at 24.130305936,1.5 left offset 0.4,0 font ',11' front
set label 3 'SLTrain, δ = 0.05' at screen 0.14872,0.19643 right
set label 203 '24.37 predicted' at 24.371888256,2.5 left offset 0.4,0 font ',11' front
set label 4 'SLTrain, δ = 0.1' at screen 0.14872,0.12175 right
set label 204 '24.98 predicted' at 24.975842976,3.5 left offset 0.4,0 font ',11' front
plot 'table-7-memory.dat' index 1 using ((0)/1000000000.0):($0+0.28):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5)/1000000000.0):($0+0.28):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6)/1000000000.0):($0+0.28):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6+$7)/1000000000.0):($0+0.28):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using (0):($0+0.28):(0):(($4 > 0 ? $3/1000000000.0 : NaN)):($0+0.28):($0+0.72) with boxxyerror fc rgb '#ffffff' fs transparent pattern 5 noborder
unset label; unset object
unset multiplot
